"""Everything is said in setup.cfg; build tools look for this file."""

from setuptools import setup

setup()
