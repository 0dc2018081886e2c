namespace AdvFit.Messages;

/// <summary>
/// Signs that attacks measured something else than robustness, on one shuffle: AutoAttack's checks (Croce and Hein 2020). An
/// attack counts as one without gradients where it asked for none.
/// </summary>
/// <param name="Samples">Samples that were there to be attacked.</param>
/// <param name="NonFiniteLogits">Of these, those with a logit that is not finite.</param>
/// <param name="ZeroGradients">Of these, those where the gradient of the loss by the pixels is zero.</param>
/// <param name="Compared">Samples attacked both with and without gradients.</param>
/// <param name="OnlyWithoutGradients">Of these, those that only attacks without gradients fooled.</param>
/// <param name="NearerWithoutGradients">
/// Of these, those that both fooled, where the smallest perturbation in L2 is that of an attack without gradients.
/// </param>
public sealed record VictimChecks(
    int Samples, int NonFiniteLogits, int ZeroGradients, int Compared, int OnlyWithoutGradients, int NearerWithoutGradients);
