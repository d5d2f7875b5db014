using System.Globalization;
using System.Text;
using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;

namespace Smirk.Torch;

/// <summary>What one kind of operation took while a profile was taken.</summary>
/// <param name="Name">The operation and the shapes it worked on, such as "aten::tanh [32, 3, 64, 64]".</param>
/// <param name="Calls">How often it ran.</param>
/// <param name="Seconds">All calls together, without the operations that ran inside.</param>
/// <param name="Least">The fastest call, seconds.</param>
public sealed record TorchProfile(string Name, long Calls, double Seconds, double Least)
{
    /// <summary>Runs <paramref name="body"/> and measures every operation of libtorch and of this library on this thread. Costs a few
    /// percent of the time.</summary>
    /// <exception cref="TorchArgumentException">A profile is being taken already.</exception>
    public static IReadOnlyList<TorchProfile> Of(Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        NativeCheck.Ensure(NativeMethods.ProfileStart());
        var buffer = new byte[1 << 20];
        int length;
        try
        {
            body();
        }
        finally
        {
            NativeCheck.Ensure(NativeMethods.ProfileStop(buffer, buffer.Length, out length));
        }

        return [.. Encoding.UTF8.GetString(buffer, 0, Math.Min(length, buffer.Length)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(Parse).OrderByDescending(line => line.Seconds)];
    }

    private static TorchProfile Parse(string line)
    {
        var parts = line.Split('\t');
        return new(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture),
            double.Parse(parts[3], CultureInfo.InvariantCulture));
    }
}
