using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Flags of open(2). Two of them have other values on ARM.</summary>
internal static class OpenFlags
{
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NoControllingTerminal = 0x100;
    public const int Append = 0x400;
    public const int NonBlocking = 0x800;
    public const int NoAccessTime = 0x40000;
    public const int CloseOnExec = 0x80000;
    public static readonly int Directory = Arm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = Arm ? 0x8000 : 0x20000;

    /// <summary>How a file is opened to look at its bytes: never through a link, never waiting for a fifo's other end.</summary>
    public static readonly int Look = ReadOnly | NoFollow | NonBlocking | NoControllingTerminal | CloseOnExec;
}

/// <summary>Flags of the …at calls.</summary>
internal static class AtFlags
{
    /// <summary>In place of a folder's descriptor: the current folder.</summary>
    public const int CurrentFolder = -100;

    public const int SymlinkNoFollow = 0x100;
    public const int SymlinkFollow = 0x400;
    public const int EmptyPath = 0x1000;
}

/// <summary>Advice of posix_fadvise(2).</summary>
internal static class ReadAdvice
{
    /// <summary>Begin reading this now; doesn't wait for it.</summary>
    public const int WillNeed = 3;
}

/// <summary>The errno values that are told apart; the same on x86-64 and ARM64.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int OtherDevice = 18;
    public const int NotADirectory = 20;
    public const int InvalidArgument = 22;
    public const int NotSupported = 95;
    public const int NoSuchControl = 25;
    public const int TooManyLinks = 31;
    public const int NotImplemented = 38;
    public const int TooManyLevels = 40;

    /// <summary>The system's sentence for a code, such as "Permission denied".</summary>
    public static string Text(int code) => Marshal.GetPInvokeErrorMessage(code);
}
