namespace AdvFit.Learning.Randomness;

/// <summary>
/// What a random stream is drawn for, so that draws for different things never share a stream. Whoever draws declares its
/// own, with a number that nobody else has. The numbers are part of every result: never renumber them.
/// </summary>
/// <param name="Number">From 1 to 255; 0 is what no sweep draws for.</param>
public readonly record struct Purpose(uint Number);
