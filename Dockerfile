FROM python:3.13-slim

# The sample maps are read from beside the code, so the code is installed from where it lies.
WORKDIR /app
COPY pyproject.toml constraints.txt LICENSE ./
COPY powermap powermap
COPY graph graph
COPY visual visual
COPY api api
COPY fixtures fixtures
RUN pip install --no-cache-dir --constraint constraints.txt --editable . \
 && python -m compileall -q powermap graph visual api \
 && useradd --system --home-dir /data --create-home powermap

USER powermap
# Where the embedded store goes unless POWERMAP_STORE says otherwise; nothing else is written.
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Reachable from outside the container, so powermap insists on POWERMAP_OWNER_TOKEN and _HOSTS.
ENV POWERMAP_HOST=0.0.0.0

HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-c", \
     "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

# One process, so that what is kept in memory is kept once; threads answer side by side.
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--workers=1", "--threads=8", \
     "--worker-tmp-dir=/dev/shm", "--access-logfile=-", "api.app:create_app()"]
