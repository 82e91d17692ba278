import { expect, test } from '@jest/globals'
import { absentPrograms, calledPrograms, NOT_CALLING } from '../../../src/judge/causes/called-programs.ts'

const saidOf = (text: string, tool = false) => calledPrograms(new Map([['shop/film.py', text]]), tool).map(({ says }) => says)

test.each([
  { text: 'if not shutil.which("ffmpeg"): raise', said: ['ffmpeg (shop/film.py calls it)'] },
  { text: 'subprocess.run(\n    ["ffprobe", "-i", name],\n)', said: ['ffprobe (shop/film.py calls it)'] },
  { text: "os.system('pdftotext ' + name)", said: ['pdftotext (shop/film.py calls it)'] },
  { text: 'await asyncio.create_subprocess_exec("tesseract", name)', said: ['tesseract (shop/film.py calls it)'] },
  { text: "check_external_program(program='tesseract', package='x')", said: ['tesseract (shop/film.py calls it)'] },
  { text: 'subprocess.run(["git", "pull"])', said: [] },
  { text: '# subprocess.run(["ffmpeg"])', said: [] },
  { text: 'subprocess.run([name, "ffmpeg"])', said: [] },
  { text: 'print("ffmpeg")', said: [] },
])('what a module calls by its name is known: $text', ({ text, said }) => {
  expect(saidOf(text)).toEqual(said)
})

test('git counts where a command line tool runs it', () => {
  expect(saidOf('subprocess.call(["git", "add", name])', true)).toEqual(['git (shop/film.py calls it)'])
  expect(saidOf('shutil.which("git")', true)).toEqual([])
})

test('those that are not in the image are named with the line that brings them', () => {
  const called = calledPrograms(new Map([['shop/film.py', 'which("ffmpeg")\nrun(["dot"])']]), false)
  expect(absentPrograms(called, ['/usr/bin/sh'])).toBe(
    'Not in the image: ffmpeg (shop/film.py calls it), dot (shop/film.py calls it). Set runtime-packages: ffmpeg graphviz, if that is used.',
  )
  expect(absentPrograms(called, ['/usr/bin/ffmpeg', '/opt/bin/dot'])).toBeUndefined()
  expect(absentPrograms([], [])).toBeUndefined()
})

test('modules of tests and of others are not looked into', () => {
  const files = ['shop/film.py', 'tests/test_film.py', 'shop/_vendor/film.py', 'setup.py']
  expect(files.filter((file) => !NOT_CALLING.test(file))).toEqual(['shop/film.py'])
})
