using Smirk.Gan.Train;
using Smirk.Torch.Errors;
using Smirk.Workspace.Errors;

namespace Smirk.Cli;

/// <summary>Which exceptions are the person's to read as one line, and the exit code of each. Anything else is a bug and keeps its stack trace.</summary>
internal static class ErrorTable
{
    /// <summary>The line and exit code for <paramref name="error"/>; null when it is a bug of ours.</summary>
    public static (string Line, int ExitCode)? Describe(Exception error) => error switch
    {
        UsageException or DeviceMissingException => (error.Message, ExitCode.Usage),
        TorchOutOfMemoryException => ($"Not enough memory: {error.Message.TrimEnd('.')}. Take a smaller --batch or --width, or a smaller --size.", ExitCode.Failed),
        TrainingFailedException or TorchMissingException => (error.Message, ExitCode.Failed),
        SmirkException => (error.Message, ExitCode.Failed),
        DllNotFoundException => (error.Message, ExitCode.Failed),
        UnauthorizedAccessException => ($"{error.Message} Check who owns it, or choose another place.", ExitCode.Failed),
        IOException when IsDiskFull(error) => ($"The disk is full: {error.Message.TrimEnd('.')}. Free some space and run the same command again; it goes on where it stopped.", ExitCode.Failed),
        IOException => (error.Message, ExitCode.Failed),
        _ => null,
    };

    // ENOSPC (28) and EDQUOT (122), as .NET passes errno on in HResult on Unix.
    private static bool IsDiskFull(Exception error) => (error.HResult & 0xFFFF) is 28 or 122;
}
