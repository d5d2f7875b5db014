namespace Smirk.Workspace.Errors;

/// <summary>An error meant for the person: the message says what is wrong (actual and expected), where, and what to do. Shown without a
/// stack trace.</summary>
public abstract class SmirkException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The command or an option is wrong; nothing was done. Exit code 2.</summary>
public sealed class UsageException(string message, Exception? inner = null) : SmirkException(message, inner);

/// <summary>The input as a whole can't be used: an empty folder, a workspace of a newer version, a snapshot cut short. Exit code
/// 1.</summary>
public sealed class UnusableInputException(string message, Exception? inner = null) : SmirkException(message, inner);

/// <summary>Something that has to be installed isn't there; the message says how to get it. Exit code 1.</summary>
public sealed class MissingDependencyException(string message, Exception? inner = null) : SmirkException(message, inner);
