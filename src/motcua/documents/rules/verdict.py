"""From what was found in a file and in the register to one judgement, with every step shown."""

from motcua.documents.cards import Finding, PaperFacts, SignatureFacts, Verification

VERDICTS = (
    "genuine",  # the very file that was issued, in force, its signature good
    "superseded",  # the very file that was issued, replaced by a later paper
    "doubtful",  # the very file that was issued, but its signature no longer holds
    "altered",  # claims to be one of our papers, or was signed, and was changed
    "not-registered",  # signed by one of our bodies, unknown to this register
    "stranger",  # signed by somebody whom our authority does not know
    "unsigned",  # a PDF without a signature
    "unreadable",  # no PDF, or too broken to judge
)
CHECKS = ("known", "signed", "intact", "whole", "trusted", "issuer", "current")


def judge(
    *,
    readable: bool,
    same_bytes: PaperFacts | None,
    claimed: PaperFacts | None,
    signature: SignatureFacts | None,
) -> Verification:
    """`same_bytes`: the paper whose sealed file this is, byte for byte; `claimed`: the paper whose
    code the file carries; `signature`: what its signature proves.
    """
    findings = [Finding(code="known", holds=same_bytes is not None)]
    if signature is None:
        findings.append(Finding(code="signed", holds=False))
    else:
        findings += _of_signature(signature, same_bytes)
    if same_bytes is not None:
        current = same_bytes.state != "superseded"
        findings.append(Finding(code="current", holds=current))
        verdict = _of_our_file(same_bytes, findings)
    else:
        verdict = _of_other_file(readable, claimed, signature)
    return Verification(
        verdict=verdict,
        findings=tuple(findings),
        paper=same_bytes or claimed,
        signature=signature,
    )


def _of_signature(signature: SignatureFacts, paper: PaperFacts | None) -> list[Finding]:
    checks = {
        "signed": True,
        "intact": signature.intact,
        "whole": signature.whole,
        "trusted": signature.trusted,
    }
    if paper is not None:
        checks["issuer"] = signature.trusted and signature.body_id == paper.body_id
    return [Finding(code=code, holds=holds) for code, holds in checks.items()]


def _of_our_file(paper: PaperFacts, findings: list[Finding]) -> str:
    wrong = {one.code for one in findings if not one.holds}
    if not paper.to_sign:
        wrong.discard("signed")
    if wrong - {"current"}:
        return "doubtful"
    return "superseded" if "current" in wrong else "genuine"


def _of_other_file(
    readable: bool, claimed: PaperFacts | None, signature: SignatureFacts | None
) -> str:
    if claimed is not None:
        return "altered"
    if not readable:
        return "unreadable"
    if signature is None:
        return "unsigned"
    if not (signature.intact and signature.whole):
        return "altered"
    return "not-registered" if signature.trusted else "stranger"
