"""Mail as rows of facts: posted in the caller's transaction, rendered and sent by the worker."""

from .post import Dropped, Rendered, call_back, letter, list_headers, post, waiting_letter, withdraw_letters

__all__ = ["Dropped", "Rendered", "call_back", "letter", "list_headers", "post", "waiting_letter", "withdraw_letters"]
