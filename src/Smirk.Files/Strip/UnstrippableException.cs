namespace Smirk.Files.Strip;

/// <summary>The picture can't be stripped; the message is the reason that its refusal gives. Never leaves this folder.</summary>
internal sealed class UnstrippableException(string reason) : Exception(reason);
