"""The notes site as a package."""

from setuptools import find_packages, setup

setup(
    name="notes",
    version="1.0.0",
    description="A page of notes, packaged as in the days of the Makefile.",
    python_requires=">=3.10",
    packages=find_packages(),
    include_package_data=True,  # what MANIFEST.in names goes into the wheel
    scripts=["manage.py"],  # puts manage.py on the image's PATH
    install_requires=["Django>=5.2,<5.3", "gunicorn>=23"],
    extras_require={"test": ["coverage>=7.6"]},
)
