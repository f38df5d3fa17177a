/** The way from a page back to the site's root, for links that work at any address: `/runs/x/` → `../../`. */
export function rootFrom(pathname: string): string {
  return '../'.repeat(pathname.split('/').filter((part) => part !== '').length) || './'
}
