using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Smirk.Collect.Web;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Ranks;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;
using Smirk.Native;
using Smirk.Torch.Errors;
using Smirk.Torch.Modules;
using Smirk.Workspace.Errors;

namespace Smirk.Cli;

/// <summary>Which exceptions are the person's to read as one line, and the exit code of each. Anything else is a <see cref="Fault"/> of
/// ours.</summary>
internal static class ErrorTable
{
    /// <summary>The line and exit code for <paramref name="error"/>; null when it is a fault of ours.</summary>
    public static (string Line, int ExitCode)? Describe(Exception error) => error switch
    {
        UsageException or DeviceMissingException => (error.Message, ExitCode.Usage),
        AggregateException { InnerException: { } first } => Describe(first),
        TypeInitializationException { InnerException: { } reason } => Describe(reason),
        _ => Sentence(error) is { } line ? (line, ExitCode.Failed) : null,
    };

    private static string? Sentence(Exception error) => error switch
    {
        SmirkException or TrainingFailedException or TeamException => error.Message,
        WebFailureException or AddressRefusedException or DllNotFoundException => error.Message,
        StateMismatchException => $"{Clause(error)}. The snapshot is damaged, or was made by another version of Smirk.",
        TorchMissingException => error.Message,
        TorchOutOfMemoryException => $"Not enough memory: {Clause(error)}. Take a smaller --batch or --width, or a smaller --size.",
        TorchNotImplementedException => $"libtorch can't do this on the device ({Clause(error)}). Try --device cpu.",
        TorchFailureException or TorchUnknownException => $"libtorch failed: {Clause(error)}. ./smirk doctor checks the device.",
        // Shapes and indices are ours: a person can't give wrong ones.
        TorchException => null,
        UnusablePictureException => $"A picture can't be used: {Clause(error)}.",
        VisionException => $"OpenCV failed: {Clause(error)}.",
        EntryPointNotFoundException or BadImageFormatException =>
            $"A library of Smirk's is out of date or was built for another machine ({Clause(error)}). "
                + (ShimFolders.AreInstalled ? "Install it again: sudo apt-get install --reinstall smirk."
                    : "Delete build/native in the checkout and run ./smirk doctor."),
        OutOfMemoryException => "Not enough memory. Close other programs, or work on fewer or smaller pictures.",
        JsonException => $"A file that should hold JSON is damaged: {Clause(error)}.",
        InvalidDataException => $"A file is damaged: {Clause(error)}.",
        SqliteException => $"SQLite failed: {Clause(error)}.",
        HttpRequestException or SocketException or TimeoutException => $"The network failed: {Clause(error)}.",
        UnauthorizedAccessException => $"{Clause(error)}. Check who owns it, or choose another place.",
        IOException when IsDiskFull(error) =>
            $"The disk is full: {Clause(error)}. Free some space and run the same command again; it resumes where it stopped.",
        IOException => error.Message,
        _ => null,
    };

    // A message as a part of a sentence of ours.
    private static string Clause(Exception error) => error.Message.Split('\n')[0].Trim().TrimEnd('.');

    // ENOSPC (28) and EDQUOT (122), as .NET passes errno on in HResult on Unix.
    private static bool IsDiskFull(Exception error) => (error.HResult & 0xFFFF) is 28 or 122;
}
