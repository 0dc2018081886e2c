namespace AdvFit.Learning.Randomness;

/// <summary>What a random stream is drawn for. The numbers are part of every result: never renumber them.</summary>
public enum Purpose : uint
{
    /// <summary>Which images of the pooled data set form the train split of a shuffle.</summary>
    StratifiedShuffle = 1,

    /// <summary>Which images of a split stay when it is drawn down to a smaller size.</summary>
    Subsample = 2,

    /// <summary>Initial weights; the sample is the parameter's position in the network.</summary>
    Initialization = 3,

    /// <summary>Order of the train samples; the sample is the epoch.</summary>
    EpochOrder = 4,

    /// <summary>Which correctly classified test samples are attacked.</summary>
    AttackSubsample = 5,

    /// <summary>The noise that HopSkipJump starts from; the sample is the image's pooled index, the part the trial.</summary>
    HopSkipJumpStart = 6,

    /// <summary>HopSkipJump's directions; the sample is the image's pooled index, the part the number of the query.</summary>
    HopSkipJumpDirection = 7,
}
