/** The value of a cookie, decoded. */
export const cookieFrom = (cookies: string, name: string): string | undefined => {
  for (const part of cookies.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return decodeURIComponent(part.slice(at + 1).trim())
  }
  return undefined
}
