"""Principles-as-code for generative-AI child safety."""
