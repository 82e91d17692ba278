import { describe, expect, test } from '@jest/globals'
import { readOwnDockerfile } from '../../../src/project/dockerfile/own-dockerfile.ts'

const TOP = 'FROM python:3.12-slim\nWORKDIR /srv\nCOPY . .\n'

describe('the start of a Dockerfile', () => {
  test.each([
    { name: 'a list', text: 'CMD ["gunicorn", "app:app"]', is: ['gunicorn', 'app:app'] },
    { name: 'a line', text: 'CMD gunicorn app:app --bind :$PORT', is: 'gunicorn app:app --bind :$PORT' },
    { name: 'a line with exec', text: 'CMD exec gunicorn app:app', is: 'gunicorn app:app' },
    { name: 'an entrypoint and its arguments', text: 'ENTRYPOINT ["python"]\nCMD ["bot.py"]', is: ['python', 'bot.py'] },
    { name: 'arguments before their entrypoint, which takes them back', text: 'CMD ["bot.py"]\nENTRYPOINT ["python"]', is: ['python'] },
    { name: 'an entrypoint of a shell, which takes no arguments', text: 'ENTRYPOINT python bot.py\nCMD ["x"]', is: 'python bot.py' },
    { name: 'the last one', text: 'CMD ["a"]\nCMD ["b"]', is: ['b'] },
    { name: 'an init', text: 'ENTRYPOINT ["/usr/bin/tini", "-g", "--"]\nCMD ["python", "bot.py"]', is: ['python', 'bot.py'] },
    { name: 'a runner of a tool', text: 'CMD ["poetry", "run", "gunicorn", "app:app"]', is: ['gunicorn', 'app:app'] },
    { name: 'a shell in a list', text: 'CMD ["sh", "-c", "exec uvicorn app:app --port $PORT"]', is: 'uvicorn app:app --port $PORT' },
    { name: 'none', text: 'RUN true', is: undefined },
    { name: 'an empty list', text: 'CMD []', is: undefined },
  ])('is read: $name', ({ text, is }) => {
    expect(readOwnDockerfile(TOP + text).start).toEqual(is)
  })

  test.each([
    { name: 'in the folder of its source', text: TOP, is: true },
    { name: 'without a word of folders', text: 'FROM python\nCOPY . /app\nWORKDIR /app/\n', is: true },
    { name: 'below it', text: `${TOP}WORKDIR src\n`, is: false },
    { name: 'elsewhere', text: 'FROM python\nCOPY ./ /code/\nWORKDIR /srv\n', is: false },
    { name: 'where only parts of it are', text: 'FROM python\nWORKDIR /code\nCOPY app /code/app\n', is: true },
  ])('is $name', ({ text, is }) => {
    expect(readOwnDockerfile(text).startsAtTop).toBe(is)
  })
})

describe('of the image a Dockerfile has', () => {
  test('the Debian packages of its last stage and those below it, without what builds or looks', () => {
    const text = [
      'FROM python:3.12 AS build\nRUN apt-get update && apt-get install -y texlive libpq-dev',
      'FROM python:3.12-slim AS common',
      'RUN apt-get update \\\n  && apt-get install -y --no-install-recommends \\\n    # for previews\n    ffmpeg=7:5.1 \\\n    libmagic1 gcc \\\n  && rm -rf /var/lib/apt/lists/*',
      'FROM common\nCOPY --from=build /x /x\nRUN apt install -qq git curl; apt-get purge -y git',
      'RUN <<EOF\napt-get -o Acquire::Retries=3 install -y -t bookworm-backports graphviz libssl3 $MORE # as it is drawn\nEOF',
    ].join('\n')
    expect(readOwnDockerfile(text).packages).toEqual(['ffmpeg', 'libmagic1', 'graphviz'])
  })

  test('the variables that are the application’s', () => {
    const text = 'ENV PYTHONUNBUFFERED=1 FLASK_APP="shop web"\nENV PIP_NO_CACHE_DIR 1\nENV MODE production line\nENV BASE=$HOME/x'
    expect(readOwnDockerfile(TOP + text).variables).toEqual(['FLASK_APP=shop web', 'MODE=production line'])
  })

  test('what builds in other languages, in any stage', () => {
    const text = 'FROM node AS web\nRUN npm ci && npm run build\nFROM python\nRUN npmx build; echo npm is fine'
    expect(readOwnDockerfile(text).builders).toEqual(['npm'])
  })

  test('the Python of its images, by an argument too', () => {
    expect(readOwnDockerfile('ARG BASE=python:3.12-slim-trixie\nFROM ${BASE}').python).toBe('3.12')
  })

  test('nothing where it says nothing', () => {
    expect(readOwnDockerfile('')).toMatchObject({ python: undefined, start: undefined, packages: [], variables: [], builders: [] })
  })
})
