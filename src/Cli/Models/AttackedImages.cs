using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;

namespace AdvFit.Cli.Models;

/// <summary>The outcome of an attack on a network trained elsewhere.</summary>
/// <param name="Victim">The network.</param>
/// <param name="Images">The originals.</param>
/// <param name="Labels">True class of each.</param>
/// <param name="Attack">The attack.</param>
/// <param name="Predicted">Predicted class of each original.</param>
/// <param name="NonFiniteLogits">Originals with a logit that is not finite.</param>
/// <param name="ZeroGradients">Of the others, those where the gradient of the loss by the pixels is zero.</param>
/// <param name="Result">The adversarial images, with norms and counts.</param>
/// <param name="AdversarialLogits">Logits of the adversarial images, [image][class].</param>
/// <param name="Time">Wall-clock time of the attack.</param>
/// <param name="Threads">Threads of the attack.</param>
internal sealed record AttackedImages(
    Network Victim, ImageArray Images, byte[] Labels, ChosenAttack Attack, long[] Predicted, int NonFiniteLogits,
    int ZeroGradients, AttackResult Result, float[] AdversarialLogits, TimeSpan Time, int Threads);
