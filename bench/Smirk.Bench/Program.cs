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
    case ["near-hashes", _]:
        return NearHashes.Run(args[1..]);
    case ["near-index", _]:
        return NearIndex.Run(args[1..]);
    default:
        Console.Error.WriteLine("usage: smirk-bench dcgan-step [KERNEL] [STEPS] [THREADS] | dcgan-profile [KERNEL] [STEPS] [THREADS] | auto-step [STEPS] [THREADS] [BATCH] | auto-profile [STEPS] [THREADS] [BATCH]   (bench/dcgan-step and bench/auto-step call it)");
        return 2;
}
