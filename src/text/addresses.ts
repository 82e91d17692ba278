// Addresses as they may be shown, and their parts.

/** Host (and port) of an address, for messages. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'unknown'
}

/** An address as it may be shown. */
export function withoutLogin(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/?#]*@/, '//')
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.href
}

/** Several addresses as they may be shown. @param urls separated by white space */
export function withoutLogins(urls: string): string {
  return urls.split(/\s+/).map(withoutLogin).join(', ')
}

/** A part of an address as it was meant; a stray % is a % to whoever typed it. */
export function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
