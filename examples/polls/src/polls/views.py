from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from .models import Choice, Question


def published():
    return Question.objects.filter(published__lte=timezone.now())


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "polls/index.html", {"questions": published()[:5]})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "polls/detail.html", {"question": get_object_or_404(published(), pk=pk)})


def results(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "polls/results.html", {"question": get_object_or_404(published(), pk=pk)})


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(published(), pk=pk)
    try:
        choice = question.choices.get(pk=request.POST["choice"])
    except (KeyError, ValueError, Choice.DoesNotExist):
        context = {"question": question, "error": "Choose one of the answers."}
        return render(request, "polls/detail.html", context, status=400)
    choice.votes = F("votes") + 1  # counted in the database: two votes at once are two votes
    choice.save(update_fields=["votes"])
    return redirect("polls:results", pk=question.pk)
