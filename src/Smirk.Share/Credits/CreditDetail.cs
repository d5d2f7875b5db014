namespace Smirk.Share.Credits;

/// <summary>How much is told of the pictures that a generator learnt from.</summary>
public enum CreditDetail
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>How many pictures, and from how many places.</summary>
    Counts,

    /// <summary>Also which places, and who made the posts.</summary>
    Sources,
}
