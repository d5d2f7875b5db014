using Smirk.Native;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Bindings;

/// <summary>Turns the status of a native call into a typed exception, by one table.</summary>
internal static class NativeCheck
{
    /// <summary>Throws the exception that belongs to <paramref name="status"/>; does nothing for 0.</summary>
    public static void Ensure(int status)
    {
        if (status != 0)
            throw Describe(status);
    }

    /// <summary>The tensor a call made, or the exception that belongs to its status.</summary>
    public static Tensor Take(int status, TensorHandle result)
    {
        if (status == 0)
            return new Tensor(result);
        result?.Dispose();
        throw Describe(status);
    }

    private static TorchException Describe(int status)
    {
        var message = FirstUsefulLine(NativeMessage.Read(NativeMethods.LastError()));
        return (NativeStatus)status switch
        {
            NativeStatus.OutOfMemory => new TorchOutOfMemoryException(message),
            NativeStatus.BadArgument => new TorchArgumentException(message),
            NativeStatus.BadIndex => new TorchIndexException(message),
            NativeStatus.NotImplemented => new TorchNotImplementedException(message),
            NativeStatus.Unknown => new TorchUnknownException(message),
            _ => new TorchFailureException(message),
        };
    }

    // libtorch's messages carry traces of its own stack and of TorchScript's; one line says what is wrong.
    private static string FirstUsefulLine(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (!trimmed.IsEmpty && !trimmed.StartsWith("The following operation failed") && !trimmed.StartsWith("Traceback"))
                return trimmed.ToString();
        }

        return text.Trim();
    }
}
