using System.Diagnostics;
using System.Globalization;
using Smirk.Torch;

namespace Smirk.Bench;

/// <summary>Where the time of a step goes: milliseconds a step of each operation, on average and at its fastest, its share of the whole,
/// and calls a step.</summary>
internal static class ProfileTable
{
    /// <summary>Runs <paramref name="step"/> with 0, 1, … and prints the table.</summary>
    public static void Print(int steps, Action<int> step)
    {
        var clock = new Stopwatch();
        var lines = TorchProfile.Of(() =>
        {
            clock.Start();
            for (var i = 0; i < steps; i++)
                step(i);
            clock.Stop();
        });
        var whole = clock.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{1e3 * whole / steps:F2} ms a step, {lines.Sum(line => line.Seconds) / whole:P1} of it below"));
        Console.WriteLine("mean ms   best ms   share   calls");
        foreach (var line in lines)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{1e3 * line.Seconds / steps,7:F3}   {1e3 * line.Least * line.Calls / steps,7:F3}   {line.Seconds / whole,5:P1}   "
                    + $"{line.Calls / (double)steps,5:F1}   {line.Name}"));
    }
}
