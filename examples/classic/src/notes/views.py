from django.shortcuts import render

NOTES = ["Ship the application as a versioned package.", "Ship the environment as a versioned image."]


def page(request):
    return render(request, "notes/page.html", {"notes": NOTES})
