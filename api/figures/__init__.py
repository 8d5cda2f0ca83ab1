"""Figures for papers: from what somebody asks for to sheets that `visual.figure` draws."""
