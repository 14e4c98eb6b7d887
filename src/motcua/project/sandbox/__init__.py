"""A payment gateway to try things with: a separate process with its own file and its own pages.

It moves no money and is nobody's bank. It plays the other side of payments/gateways/protocol.py.
"""
