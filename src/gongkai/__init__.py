"""Gongkai (公开): open government information in China, as a program and as a library."""

__version__ = "0.1.0"
