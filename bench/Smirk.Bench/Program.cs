using Smirk.Bench;

switch (args)
{
    case ["dcgan-step", ..]:
        return DcganStep.Run(args[1..]);
    case ["dcgan-profile", ..]:
        return DcganStep.Run(args[1..], profile: true);
    case ["auto-step", ..]:
        return AutoStep.Run(args[1..]);
    case ["auto-profile", ..]:
        return AutoStep.Profile(args[1..]);
    case ["auto-plan", _, _, _, _, _]:
        return AutoStep.Plan(args[1..]);
    case ["auto-same", _, _, _, _, _]:
        return AutoStep.Same(args[1..]);
    case ["learn", _, _, _, _, _]:
        return Learn.Run(args[1..]);
    case ["upscale", _, _, _, _, _, ..]:
        return Upscale.Run(args[1..]);
    case ["project", _, _, ..]:
        return Project.Run(args[1..]);
    case ["near-hashes", _]:
        return NearHashes.Run(args[1..]);
    case ["near-index", _]:
        return NearIndex.Run(args[1..]);
    default:
        Console.Error.WriteLine(
            "usage: smirk-bench dcgan-step|dcgan-profile [KERNEL] [STEPS] [THREADS] | auto-step|auto-profile|auto-plan|auto-same [STEPS] "
                + "[THREADS] [BATCH] [DEVICE] [EDGE] | learn PACK REAL RUNS MINUTES DEVICE | upscale PACK SNAPSHOT FOLDER "
                + "KCROPS|lanczos|bilinear SEED [SETTINGS] | project SNAPSHOT PICTURES [STEPS]   (what bench/dcgan-step, bench/auto-step, "
                + "bench/gpu and bench/project call)");
        return 2;
}
