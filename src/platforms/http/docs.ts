/** The page of the REST interface. Everything it loads comes from this service. */
export function docsPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Parley API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>`;
}

export const docsScript =
  "SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#page', docExpansion: 'none', validatorUrl: null });";
