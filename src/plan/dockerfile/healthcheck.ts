import { dockerfile, execForm, NOTHING, type Rendered } from './dockerfile-words.ts'

/** The port that the application listens on, as every start command of ours has it. */
const PORT = "int(os.environ.get('PORT') or 8000)"
const TCP = `import os, socket; socket.create_connection(('127.0.0.1', ${PORT}), 4).close()`

/**
 * HEALTHCHECK of the release, '' for none. The image has no curl: Python asks, isolated and without site
 * packages, so that nothing of the application is in its way.
 * @param asked `tcp`, a path for HTTP (any answer of 200 to 399 is well), or a line of a shell
 * @see https://docs.docker.com/reference/dockerfile/#healthcheck (Engine 20.10 knows no --start-interval)
 */
export function renderHealthcheck(asked: string): Rendered {
  if (asked === '') return NOTHING
  return dockerfile`HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ${execForm(probe(asked))}\n`
}

function probe(asked: string): readonly string[] {
  if (asked === 'tcp') return ['python', '-IS', '-c', TCP]
  if (/^\/\S*$/.test(asked)) return ['python', '-IS', '-c', http(asked)]
  return ['sh', '-c', asked]
}

/** Host localhost: what a site in debug mode and most lists of allowed hosts let in. */
function http(path: string): string {
  return [
    'import http.client, os, sys',
    `connection = http.client.HTTPConnection('127.0.0.1', ${PORT}, timeout=4)`,
    `connection.request('GET', ${JSON.stringify(path)}, headers={'Host': 'localhost'})`,
    'sys.exit(not 200 <= connection.getresponse().status < 400)',
  ].join('; ')
}
