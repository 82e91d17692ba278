/** Names that people use for what Docker calls otherwise. */
const ALIASES: Readonly<Record<string, string>> = { aarch64: 'arm64', x86_64: 'amd64', i386: '386' }

export interface Machine {
  /** As Docker spells it: `amd64`, `arm64`, `arm`. */
  readonly architecture: string
  /** `v7` of `arm/v7`; '' where none is named. */
  readonly variant: string
}

/** The machine of a platform such as `linux/arm/v7`. */
export function machineOf(platform: string): Machine {
  const [, architecture = '', variant = ''] = platform.split('/')
  return { architecture: ALIASES[architecture] ?? architecture, variant }
}

/** Whether an image is for a platform. A variant counts where both name one: arm64 is arm64/v8. */
export function isFor(image: Machine, platform: string): boolean {
  const asked = machineOf(platform)
  if (image.architecture !== asked.architecture) return false
  return asked.variant === '' || image.variant === '' || image.variant === asked.variant
}

/** `arm64`, `arm/v7`: a machine in one word. */
export function machineName({ architecture, variant }: Machine): string {
  return variant ? `${architecture}/${variant}` : architecture
}

/** How the file names of wheels spell machines. */
const WHEEL_MACHINES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64', 386: 'i686', arm: 'armv7l' }

/** Whether a wheel of compiled code, by its file name, is for a platform's machine. */
export function isWheelFor(file: string, platform: string): boolean {
  const { architecture } = machineOf(platform)
  return file.endsWith(`_${WHEEL_MACHINES[architecture] ?? architecture}.whl`)
}
