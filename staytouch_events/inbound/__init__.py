"""Mail that comes in: kept in a moment, read by the worker, handed to whoever knows what it means."""

from .readers import Arrived, reads

__all__ = ["Arrived", "reads"]
