namespace Smirk.Collect.Web;

/// <summary>An address that isn't asked, by our own rules; nothing was sent to it.</summary>
public sealed class AddressRefusedException(string message) : Exception(message);
