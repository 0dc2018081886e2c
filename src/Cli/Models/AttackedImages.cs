using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;

namespace AdvFit.Cli.Models;

/// <summary>What an attack on a network trained elsewhere achieved.</summary>
/// <param name="Victim">The network.</param>
/// <param name="Images">The originals.</param>
/// <param name="Labels">True class of each.</param>
/// <param name="Attack">The attack.</param>
/// <param name="Predicted">Predicted class of each original.</param>
/// <param name="NonFiniteLogits">Originals with a logit that is not finite.</param>
/// <param name="ZeroGradients">Of the others, those where the gradient of the loss by the pixels is zero.</param>
/// <param name="Result">What the attack made of them.</param>
/// <param name="AdversarialLogits">Logits of the adversarial images, [image][class].</param>
/// <param name="Time">What the attack took.</param>
/// <param name="Threads">On so many threads.</param>
internal sealed record AttackedImages(
    Network Victim, ImageArray Images, byte[] Labels, ChosenAttack Attack, long[] Predicted, int NonFiniteLogits,
    int ZeroGradients, AttackResult Result, float[] AdversarialLogits, TimeSpan Time, int Threads);
