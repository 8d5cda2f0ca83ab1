"""Board papers: from what somebody asks for to the content that `visual.document` writes."""
