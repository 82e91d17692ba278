from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from .models import Question


class PollsTest(TestCase):
    def setUp(self) -> None:
        self.question = Question.objects.create(text="Tea or coffee?")
        self.tea = self.question.choices.create(text="Tea")

    def test_the_list_shows_published_questions_only(self) -> None:
        Question.objects.create(text="From tomorrow", published=timezone.now() + timedelta(days=1))
        response = self.client.get(reverse("polls:index"))
        self.assertContains(response, "Tea or coffee?")
        self.assertNotContains(response, "From tomorrow")

    def test_a_vote_is_counted(self) -> None:
        url = reverse("polls:vote", args=[self.question.pk])
        response = self.client.post(url, {"choice": self.tea.pk}, follow=True)
        self.assertContains(response, "Tea: 1 vote")

    def test_a_vote_without_a_choice_is_refused(self) -> None:
        response = self.client.post(reverse("polls:vote", args=[self.question.pk]))
        self.assertContains(response, "Choose one of the answers.", status_code=400)
