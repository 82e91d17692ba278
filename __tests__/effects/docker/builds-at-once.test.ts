import { chmod, readdir, readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { dockerClient } from '../../../src/effects/docker/docker.ts'
import { until } from '../../support/command.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { listener } from '../../support/world.ts'

// With a `docker` of our own first on PATH, that reads its Dockerfile when all have begun.

test('builds of one target at the same time have a Dockerfile each', async () => {
  await using folder = await tempFolder('at-once')
  const script = `#!/bin/sh
touch "${folder.path}/begun.$$"
for word; do case $word in --file=*) file=\${word#--file=};; esac; done
until [ -e "${folder.path}/go" ]; do sleep 0.05; done
cat "$file" > "${folder.path}/read.$$"
`
  await writeFiles(folder.path, { 'bin/docker': script })
  await chmod(folder.at('bin/docker'), 0o755)
  const { PATH } = process.env
  process.env.PATH = `${folder.at('bin')}:${PATH}`
  try {
    const docker = dockerClient({ temp: folder.at('temp'), runId: 'at-once', log: listener() })
    const request = { context: folder.path, target: 'evidence-files', tags: [], args: {}, secrets: [], network: undefined }
    const texts = ['FROM a', 'FROM b', 'FROM c']
    const builds = texts.map((dockerfile) => docker.build({ ...request, dockerfile }))
    const named = async (start: string) => (await readdir(folder.path)).filter((name) => name.startsWith(start))
    await until('every build has begun', 10, async () => (await named('begun.')).length === texts.length)
    await writeFiles(folder.path, { go: '' })
    await Promise.all(builds)
    const read = await Promise.all((await named('read.')).map((name) => readFile(folder.at(name), 'utf8')))
    expect(read.sort()).toEqual(texts)
  } finally {
    process.env.PATH = PATH
  }
})
