// Starts Swagger UI; nothing is fetched but our own description.
"use strict";

const docs = document.getElementById("docs");

SwaggerUIBundle({
  url: docs.dataset.description,
  domNode: docs,
  deepLinking: true,
  validatorUrl: null,
});
