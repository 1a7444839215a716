/** Who holds a run: one opened store in one process, and whether that process still lives. */

/** `machine` and `process` are the same for all stores of a process; `id` is of one opened store. */
export interface Owner {
  readonly id: string
  /** where process numbers mean the same: the machine since its last start, and on Linux the process namespace */
  readonly machine: string
  readonly pid: number
  /** tells a process from a later one of the same number; empty where the system does not say */
  readonly started: string
}

const node = typeof process === 'object' ? process.getBuiltinModule?.bind(process) : undefined

export function newOwner(): Owner {
  return { id: crypto.randomUUID(), machine: machine(), pid: process.pid, started: startOf(process.pid) ?? '' }
}

/** Whether its process has surely ended. Of another machine's process nobody can say: its lease has to run out. */
export function isGone(owner: Omit<Owner, 'id'>): boolean {
  if (owner.machine !== machine()) return false
  if (owner.started !== '') return startOf(owner.pid) !== owner.started
  try {
    return !process.kill(owner.pid, 0)
  } catch (cause) {
    return (cause as { code?: string }).code === 'ESRCH'
  }
}

let known: string | undefined

function machine(): string {
  known ??= [
    node?.('node:os').hostname() ?? '',
    read('/proc/sys/kernel/random/boot_id'),
    link('/proc/self/ns/pid'),
  ].join(' ')
  return known
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name in brackets may hold anything, so it is cut off first. */
function startOf(pid: number): string | undefined {
  const [state, ...fields] = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
  return state === 'Z' ? undefined : fields[18]
}

function read(path: string): string {
  try {
    return node?.('node:fs').readFileSync(path, 'utf8').trim() ?? ''
  } catch {
    return ''
  }
}

function link(path: string): string {
  try {
    return node?.('node:fs').readlinkSync(path) ?? ''
  } catch {
    return ''
  }
}
