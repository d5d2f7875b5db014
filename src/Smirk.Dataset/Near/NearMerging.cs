using Smirk.Dataset.Near.Candidates;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near;

/// <summary>What is known of a picture for the search for near duplicates, from one catalog to another.</summary>
internal static class NearMerging
{
    /// <summary>Takes it over as something that has yet to be compared: in the other catalog the picture was compared with some of all at
    /// most.</summary>
    public static void Take(DescriptorTable from, long picture, DescriptorTable to, long asPicture)
    {
        foreach (var (kind, data) in from.OfPicture(picture))
        {
            if (kind is CopyQuestion.Kind or CopyQuestion.DescriptorKind || !kind.StartsWith("near-", StringComparison.Ordinal))
                to.Put(asPicture, kind, data);
        }
    }
}
