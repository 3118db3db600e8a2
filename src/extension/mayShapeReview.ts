/** In git's own folder much comes and goes; these say which files there are. */
const OF_GIT = /\/\.git\/(.*\/)?(index|config(\.worktree)?|info\/exclude|HEAD)$/;

/** Whether a review may come out otherwise when that file has changed. @param path absolute, with `/` */
export function mayShapeReview(path: string): boolean {
  return !path.includes("/.git/") || OF_GIT.test(path);
}
