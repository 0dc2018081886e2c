using AdvFit.Messages;

namespace AdvFit.Sweeps.Spec;

/// <summary>Reads which classifier a spec asks for, and what it says of k-NN.</summary>
internal static class KnnReader
{
    /// <summary>The key of <c>training</c> that is for k-NN sweeps only.</summary>
    public const string ChooseKey = "choose";

    private const string Cnn = "cnn", Knn = "knn";
    private const string SectionKey = "neighbours";

    /// <summary>The paper's Z (Deniz et al. 2020, section 4.1).</summary>
    private const int PaperZ = 7;

    private const int LargestZ = 999;

    private static readonly string[] Classifiers = [Cnn, Knn];
    private static readonly string[] NeighbourKeys = ["z", "ties"];
    private static readonly string[] Ties = [TieRules.Smallest, TieRules.Nearest];
    private static readonly string[] Choices = [EpochChoices.BestTest, EpochChoices.Last];

    /// <summary>The k-NN classifier of a spec; null where its classifier is the CNN, which is also the default.</summary>
    public static KnnSpec? Read(SpecSection spec, SpecSection? training, SpecProblems problems)
    {
        switch (spec.Has("classifier") ? spec.Choice("classifier", Classifiers) : Cnn)
        {
            case null:
                return null;
            case Cnn:
                Refuse(spec, SectionKey, problems);
                Refuse(training, ChooseKey, problems);
                return null;
        }

        var section = spec.Section(SectionKey, NeighbourKeys);
        return new KnnSpec(
            ReadZ(section, problems),
            section is not null && section.Has("ties") ? section.Choice("ties", Ties) ?? "" : TieRules.Smallest,
            training is not null && training.Has(ChooseKey) ? training.Choice(ChooseKey, Choices) ?? "" : EpochChoices.BestTest);
    }

    private static int ReadZ(SpecSection? section, SpecProblems problems)
    {
        var z = section?.OptionalWhole("z", 3, LargestZ) ?? PaperZ;
        if (z % 2 == 0)
        {
            problems.Add(section!.Place("z"), $"`z` must be odd, so that K = Z, Z - 2, .. ends at 1, not `{z}`");
        }

        return z;
    }

    private static void Refuse(SpecSection? section, string key, SpecProblems problems)
    {
        if (section is not null && section.Has(key))
        {
            problems.Add(section.Place(key), $"`{key}` is for k-NN sweeps; say `classifier: knn`, or leave it out");
        }
    }
}
