from django.urls import path

from notes.views import page

urlpatterns = [path("", page)]
