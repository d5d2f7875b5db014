namespace Smirk.Torch.Errors;

/// <summary>A device that was asked for by name isn't there, or is no device. The message says which there are.</summary>
public sealed class DeviceMissingException(string message) : TorchException(message);
