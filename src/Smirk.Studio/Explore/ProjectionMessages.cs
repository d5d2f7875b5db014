namespace Smirk.Studio.Explore;

/// <summary>A picture that the person gave, and what is to be taken of it.</summary>
/// <param name="Id">Its name here.</param>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="View">A data: address of it, made smaller.</param>
/// <param name="Box">x, y, width, height of what is taken, in pixels.</param>
/// <param name="Words">Why that.</param>
internal sealed record UploadMessage(string Id, int Width, int Height, string View, IReadOnlyList<int> Box, string Words);

/// <summary>Starts a projection.</summary>
/// <param name="Upload">The picture's <see cref="UploadMessage.Id"/>.</param>
/// <param name="Box">x, y, width, height of what to take; null for what was proposed.</param>
/// <param name="Steps">Steps of the search.</param>
/// <param name="Class">Number of the class; null for the nearest sample's.</param>
/// <param name="Compare">Whether to say how near held-out pictures come.</param>
internal sealed record ProjectRequest(
    string Upload, IReadOnlyList<int>? Box = null, int Steps = 150, int? Class = null,
    bool Compare = true) : GeneratorRequest;

/// <summary>Names a projection.</summary>
internal sealed record ProjectionName(string Id);

/// <summary>How a projection stands.</summary>
/// <param name="State">"waiting", "preparing", "searching", "comparing", "done", "cancelled" or "failed".</param>
/// <param name="Words">What is done, or what went wrong.</param>
/// <param name="Share">How much of that is done, 0…1; null where that isn't known.</param>
/// <param name="Target">The picture as it was cut, a data: address.</param>
/// <param name="Picture">What was found so far, a data: address; null for nothing yet.</param>
/// <param name="Distance">How near it is: 0 the same, 1 as far as two pictures of the pack.</param>
/// <param name="Result">What came of it; there before the comparison is.</param>
internal sealed record ProjectionMessage(
    string State, string Words, double? Share, string? Target, string? Picture, double? Distance, ProjectionResult? Result)
{
    /// <summary>Whether nothing more comes.</summary>
    public bool IsOver => State is "done" or "cancelled" or "failed";
}

/// <summary>What came of a projection.</summary>
/// <param name="Code">The latent.</param>
/// <param name="Distance">How near it came.</param>
/// <param name="NearestSample">How near the nearest sample came, with which the search began.</param>
/// <param name="Samples">How many these were.</param>
/// <param name="NearerThan">Share of held-out pictures that come less near; null where that isn't known.</param>
/// <param name="HeldOut">How many of these were projected.</param>
/// <param name="Median">How near the middle one of them came.</param>
internal sealed record ProjectionResult(
    string Code, double Distance, double NearestSample, int Samples, double? NearerThan = null, int HeldOut = 0, double? Median = null);
