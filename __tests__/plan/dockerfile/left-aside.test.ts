import { expect, test } from '@jest/globals'
import { leftAside } from '../../../src/plan/dockerfile/left-aside.ts'
import { readOwnDockerfile } from '../../../src/project/dockerfile/own-dockerfile.ts'

const OWN = readOwnDockerfile('FROM python\nRUN apt-get install ffmpeg libpq5\nENV FLASK_APP=shop APP_SECRET=canary\nRUN npm run build')

test.each([
  {
    name: 'all that it has',
    packages: [],
    variables: [],
    is: 'Its Dockerfile installs ffmpeg, libpq5 of Debian, sets FLASK_APP=shop, APP_SECRET, builds by npm: that is not followed. If the application needs it, set runtime-packages: ffmpeg libpq5; set image-env: FLASK_APP=shop; run npm before this step.',
  },
  {
    name: 'what the image has not',
    packages: ['libpq5'],
    variables: ['FLASK_APP', 'APP_SECRET'],
    is: 'Its Dockerfile installs ffmpeg of Debian, builds by npm: that is not followed. If the application needs it, set runtime-packages: ffmpeg; run npm before this step.',
  },
])('of a Dockerfile is told $name', ({ packages, variables, is }) => {
  expect(leftAside(OWN, { packages, variables })).toBe(is)
})

test('of a Dockerfile that has no more nothing is told', () => {
  expect(leftAside(readOwnDockerfile('FROM python\nRUN apt-get install ffmpeg'), { packages: ['ffmpeg'], variables: [] })).toBeUndefined()
})
