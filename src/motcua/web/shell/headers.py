"""The headers that tell a browser what our pages may do: nothing but what we serve ourselves."""

from django.http import HttpResponseBase

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-src": "'self'",
    "object-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FEATURES = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
_POLICY_TEXT = "; ".join(f"{name} {value}" for name, value in POLICY.items())


def embeddable(response: HttpResponseBase) -> HttpResponseBase:
    """Let our own pages show this response (a PDF, an image) in a frame; others still may not."""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
        "frame-ancestors 'self'"
    )
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def secure(response: HttpResponseBase, *, personal: bool) -> None:
    """Add what the view has not set itself; `personal` pages are never stored."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY_TEXT)
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", FEATURES)
    headers.setdefault("Cache-Control", "private, no-store" if personal else "private, no-cache")
