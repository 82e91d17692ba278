import { describe, expect, test } from '@jest/globals'
import { type Held, placeFault, scriptFault, startPlace, startScripts } from '../../../src/plan/start/start-place.ts'

const shell = (line: string) => ['sh', '-c', line]

describe('where a start command works and imports from', () => {
  test.each([
    { line: 'exec gunicorn shop.wsgi', folder: '/app', paths: [] },
    { line: 'cd backend && exec gunicorn shop.wsgi', folder: '/app/backend', paths: ['/app/backend'] },
    { line: 'cd src; cd web\nA=1 exec uvicorn main:app', folder: '/app/src/web', paths: ['/app/src/web'] },
    { line: 'cd "my app" && cd .. && gunicorn a:b', folder: '/app', paths: [] },
    { line: 'exec gunicorn --chdir backend shop.wsgi', folder: '/app/backend', paths: ['/app/backend'] },
    {
      line: 'exec gunicorn --chdir=backend --pythonpath lib,/srv/more shop.wsgi',
      folder: '/app/backend',
      paths: ['/app/backend/lib', '/srv/more', '/app/backend'],
    },
    { line: 'exec python -m gunicorn --chdir backend shop.wsgi', folder: '/app/backend', paths: ['/app/backend'] },
    { line: 'exec uvicorn --app-dir src main:app', folder: '/app', paths: ['/app/src'] },
    { line: 'exec python src/main.py --port 1', folder: '/app', paths: ['/app/src'] },
    { line: 'exec python -u app.py', folder: '/app', paths: [] },
    { line: 'cd /srv && exec x', folder: '/srv', paths: ['/srv'] },
    { line: 'cd $HOME && exec x', folder: '/app', paths: [] },
    { line: 'python manage.py migrate && cd backend && exec gunicorn a', folder: '/app/backend', paths: ['/app/backend'] },
    { line: 'A=1', folder: '/app', paths: [] },
    { line: '(cd x && y)', folder: '/app', paths: [] },
  ])('$line', ({ line, folder, paths }) => {
    expect(startPlace(shell(line))).toMatchObject({ folder, paths })
  })

  test('of a list of words is read without a shell', () => {
    expect(startPlace(['gunicorn', '--chdir', 'back end', 'a;b'])).toMatchObject({
      folder: '/app/back end',
      steps: [{ words: ['gunicorn', '--chdir', 'back end', 'a;b'] }],
    })
  })
})

describe('a folder that a start command goes to', () => {
  const held = (changes: Partial<Held>): Held => ({ files: new Map(), made: [], wheel: false, source: [], ...changes })
  const files = (...names: readonly string[]) => new Map(names.map((name) => [name, { executable: false }]))

  test.each<{ name: string; line: string; held: Held; text?: RegExp; next?: RegExp }>([
    { name: 'is there', line: 'cd backend && x', held: held({ files: files('backend/a.py') }) },
    { name: 'is made for the user', line: 'cd media && x', held: held({ made: ['/app/media/x'] }) },
    { name: 'is not of the application', line: 'cd /tmp && x', held: held({}) },
    {
      name: 'is not there',
      line: 'cd backend && x',
      held: held({}),
      text: /folder backend, which is not in the image$/,
      next: /Correct it/,
    },
    {
      name: 'is in the source and not in the wheel',
      line: 'gunicorn --chdir backend a:b',
      held: held({ wheel: true, source: ['backend/a.py'] }),
      text: /the project's wheel holds its packages alone/,
      next: /wheel: never/,
    },
  ])('$name', ({ line, held, text, next }) => {
    const fault = placeFault(startPlace(shell(line)), held)
    if (!text) expect(fault).toBeUndefined()
    else expect(fault).toEqual({ text: expect.stringMatching(text), next: expect.stringMatching(next ?? /./) })
  })
})

describe('a script of the source', () => {
  test.each([
    { line: 'exec ./start.sh', scripts: ['start.sh'] },
    { line: 'cd bin && sh -e start.sh && ./more a/b', scripts: ['bin/start.sh sh', 'bin/more'] },
    { line: '. ./env.sh && exec gunicorn app:app', scripts: ['env.sh sh'] },
    { line: 'exec sh -c "x y"', scripts: [] },
    { line: '/usr/bin/x && $X/y', scripts: [] },
  ])('of "$line" is found', ({ line, scripts }) => {
    expect(startScripts(startPlace(shell(line))).map(({ file, byShell }) => `${file}${byShell ? ' sh' : ''}`)).toEqual(scripts)
  })

  const itself = { written: './start.sh', file: 'start.sh', byShell: false }
  test.each([
    { name: 'is fine', script: itself, executable: true, text: '#!/bin/sh\nx\n', says: undefined },
    { name: 'may not be executed', script: itself, executable: false, text: '#!/bin/sh\nx\n', says: 'which may not be executed' },
    { name: 'need not be executable for a shell', script: { ...itself, byShell: true }, executable: false, text: 'x\n', says: undefined },
    { name: 'has CR LF for the system', script: itself, executable: true, text: '#!/bin/sh\r\nx\r\n', says: 'lines end with CR LF' },
    { name: 'has CR LF for a shell', script: { ...itself, byShell: true }, executable: false, text: 'x\r\n', says: 'lines end with CR LF' },
    { name: 'is none of the source', script: itself, executable: false, text: undefined, says: undefined },
  ])('$name', ({ script, executable, text, says }) => {
    const fault = scriptFault(script, executable, text)
    if (says === undefined) expect(fault).toBeUndefined()
    else expect(fault?.text).toContain(says)
  })
})
