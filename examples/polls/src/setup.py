"""The polls site as a package: what it needs to run is stated here and nowhere else."""

from setuptools import find_packages, setup

setup(
    name="polls",
    version="1.0.0",
    description="A small Django site: questions, choices, votes.",
    python_requires=">=3.11",
    packages=find_packages(),
    include_package_data=True,  # what MANIFEST.in names goes into the wheel
    scripts=["manage.py"],  # puts manage.py on the image's PATH
    install_requires=["Django>=5.2,<5.3", "uWSGI>=2.0.28,<2.1"],
    extras_require={"test": ["coverage>=7.6"]},
)
