import { images } from './image.ts'

/**
 * A module that first does what is given, such as imports, and then serves its outcome on port 8000, by the standard library
 * alone: what it needs is there, or nothing answers. It is started with `python -m`.
 * @param answer an expression
 */
export function serving(lines: string, answer: string): string {
  return `${lines}
from wsgiref.simple_server import make_server

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(${answer}).encode()]

if __name__ == "__main__":
    make_server("", 8000, app).serve_forever()
`
}

/** What an image answers from outside, by a published port. */
export async function answerOf(host: string | undefined, image: string): Promise<string> {
  await using site = await images(host).serve(image)
  return (await site.fetch('/')).text()
}
