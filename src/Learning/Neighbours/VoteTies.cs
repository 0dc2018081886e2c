namespace AdvFit.Learning.Neighbours;

/// <summary>Which class wins where several have the most votes.</summary>
public enum VoteTies
{
    /// <summary>The smallest class number, as in scikit-learn and MATLAB. The word of a spec: <c>smallest</c>.</summary>
    Smallest,

    /// <summary>The class, of the tied ones, of the nearest neighbour. The word of a spec: <c>nearest</c>.</summary>
    Nearest,
}
