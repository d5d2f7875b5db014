using Smirk.Native;

namespace Smirk.Torch.Errors;

/// <summary>An error inside libtorch. The message is the first useful line of libtorch's own.</summary>
public abstract class TorchException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There isn't enough memory, of the machine or of the GPU: a smaller batch or width helps.</summary>
public sealed class TorchOutOfMemoryException(string message) : TorchException(message);

/// <summary>Shapes, types or values that an operation can't take: a mistake of the caller.</summary>
public sealed class TorchArgumentException(string message) : TorchException(message);

/// <summary>An index outside a tensor's dimensions.</summary>
public sealed class TorchIndexException(string message) : TorchException(message);

/// <summary>An operation that this libtorch lacks for the type or the device.</summary>
public sealed class TorchNotImplementedException(string message) : TorchException(message);

/// <summary>Any other failure that libtorch gave words to.</summary>
public sealed class TorchFailureException(string message) : TorchException(message);

/// <summary>A C++ exception that isn't a std::exception; nothing is known of it.</summary>
public sealed class TorchUnknownException(string message) : TorchException(message);

/// <summary>libtorch or Smirk's shim over it isn't there, or is of another version. The message says what to install.</summary>
public sealed class TorchMissingException : TorchException
{
    /// <summary>The library couldn't be loaded.</summary>
    public TorchMissingException(Exception reason)
        : base(Sentence(reason.Message), reason)
    {
    }

    /// <summary>The library is there but was built from other sources.</summary>
    public TorchMissingException(int found, int expected)
        : base($"libsmirk_torch.so has interface {found}, this program needs {expected}. Build it again: eng/build.sh native torch.")
    {
    }

    // What is wrong with a libtorch that the person chose says what to do, too.
    private static string Sentence(string reason) => reason.StartsWith("SMIRK_LIBTORCH", StringComparison.Ordinal) ? reason
        : $"libtorch can't be loaded: {Shorten(reason)} Set SMIRK_LIBTORCH to the folder of another one, or: "
            + $"{MissingLibrary.Remedy(reason, "libtorch-dev")}.";

    // The loader lists every place where it looked; what it missed stands in the line that names a file.
    private static string Shorten(string message)
    {
        foreach (var line in message.Split('\n'))
        {
            if (line.Contains("cannot open shared object", StringComparison.Ordinal)
                || line.Contains("isn't built", StringComparison.Ordinal))
                return line.Trim().TrimEnd('.') + ".";
        }

        return message.Split('\n')[0].Trim().TrimEnd('.') + ".";
    }
}
