using Smirk.Bench;

if (args is ["dcgan-step", ..])
    return DcganStep.Run(args[1..]);
Console.Error.WriteLine("usage: smirk-bench dcgan-step [KERNEL] [STEPS] [THREADS]   (bench/dcgan-step calls it)");
return 2;
