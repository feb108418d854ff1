// Written by `npm run cli -- web-client` from the registry; edits are lost.

/** What can be asked of the service, by action: input as it is sent, output as it comes back. */
export interface Actions {
  'accounts.show': {
    input: {
      account: string;
    };
    output: {
      number: string;
      name: string;
      domain: string | null;
      phone: string | null;
      industry: string | null;
      location: string | null;
      foundedYear: number | null;
      employees: number | null;
      revenue: {
        amountMinor: string;
        currency: string;
      } | null;
      parent: {
        number: string;
        name: string;
      } | null;
      owner: {
        memberId: string;
        name: string;
      } | null;
      salesState: 'to-identify' | 'potential' | 'opportunity' | 'order-customer' | 'user';
      salesStateReason: string | null;
      relationshipState: 'potential' | 'target' | 'actual' | 'loyal' | 'lost';
      relationshipReason: string | null;
      valueClass: 'A' | 'B' | 'C' | null;
      valueClassBy: 'hand' | 'rule' | null;
      note: string | null;
      lastTouchAt: string | null;
      archivedAt: string | null;
      mergedInto: {
        number: string;
        name: string;
      } | null;
      createdAt: string;
      sections: Array<{
        t: string;
      }>;
    };
  };
  'alerts.list': {
    input: {
      channel?: string;
      me?: boolean;
    };
    output: {
      listeners: Array<{
        listener: {
          id: string;
          label: string;
          platform: 'slack' | 'teams' | null;
        } | null;
        rules: Array<{
          kind:
            | 'new-lead'
            | 'won'
            | 'lost'
            | 'moved-back'
            | 'pushed'
            | 'stuck'
            | 'unowned'
            | 'overdue'
            | 'single-contact'
            | 'approval'
            | 'quote-expiring';
          group: string | null;
          floor: {
            amountMinor: string;
            currency: string;
          } | null;
          setBy: {
            memberId: string;
            name: string;
          };
          isAsleep: boolean;
        }>;
        quiet: {
          from: string;
          to: string;
        };
        timeZone: string;
        budget: number;
      }>;
      hasMore: boolean;
    };
  };
  'approvals.desks': {
    input: Record<string, never>;
    output: {
      desks: Array<{
        id: string;
        label: string;
        platform: 'slack' | 'teams';
        isShared: boolean;
        scope: {
          kind: 'all' | 'sees' | 'nothing';
          by: {
            memberId: string;
            name: string;
          } | null;
          unit: string | null;
        };
      }>;
    };
  };
  'approvals.list': {
    input: Record<string, never>;
    output: {
      waiting: Array<{
        id: string;
        number: string;
        kind: string;
        label:
          | string
          | {
              t: string;
            };
        headline:
          | string
          | {
              t: string;
            };
        subject: {
          kind: string;
          id: string;
          number: string;
          name: string;
        };
        status: 'pending' | 'approved' | 'countered' | 'rejected' | 'withdrawn' | 'expired' | 'superseded';
        requester: {
          memberId: string;
          name: string;
        };
        note: string | null;
        requestedAt: string;
        answerBy: string;
        expiresAt: string;
        terms: number;
        seats: Array<{
          memberId: string;
          name: string;
          why: 'policy' | 'substitute' | 'escalated';
          forName: string | null;
        }>;
        later: Array<
          | string
          | {
              t: string;
            }
        >;
        canCounter: boolean;
        blocks: Array<{
          t: string;
        }>;
        countered: {
          memberId: string;
          name: string;
        } | null;
        decided: {
          memberId: string;
          name: string;
          at: string;
          via: string;
          note: string | null;
        } | null;
        log: Array<{
          at: string;
          entry:
            | 'asked'
            | 'passed'
            | 'countered'
            | 'approved'
            | 'rejected'
            | 'withdrawn'
            | 'expired'
            | 'superseded'
            | 'rerouted'
            | 'escalated'
            | 'said';
          name: string | null;
          note: string | null;
          details: Record<string, unknown>;
        }>;
        again: {
          action: string;
          input: Record<string, unknown>;
        } | null;
      }>;
      asked: Array<{
        id: string;
        number: string;
        kind: string;
        label:
          | string
          | {
              t: string;
            };
        headline:
          | string
          | {
              t: string;
            };
        subject: {
          kind: string;
          id: string;
          number: string;
          name: string;
        };
        status: 'pending' | 'approved' | 'countered' | 'rejected' | 'withdrawn' | 'expired' | 'superseded';
        requester: {
          memberId: string;
          name: string;
        };
        note: string | null;
        requestedAt: string;
        answerBy: string;
        expiresAt: string;
        terms: number;
        seats: Array<{
          memberId: string;
          name: string;
          why: 'policy' | 'substitute' | 'escalated';
          forName: string | null;
        }>;
        later: Array<
          | string
          | {
              t: string;
            }
        >;
        canCounter: boolean;
        blocks: Array<{
          t: string;
        }>;
        countered: {
          memberId: string;
          name: string;
        } | null;
        decided: {
          memberId: string;
          name: string;
          at: string;
          via: string;
          note: string | null;
        } | null;
        log: Array<{
          at: string;
          entry:
            | 'asked'
            | 'passed'
            | 'countered'
            | 'approved'
            | 'rejected'
            | 'withdrawn'
            | 'expired'
            | 'superseded'
            | 'rerouted'
            | 'escalated'
            | 'said';
          name: string | null;
          note: string | null;
          details: Record<string, unknown>;
        }>;
        again: {
          action: string;
          input: Record<string, unknown>;
        } | null;
      }>;
      hasMore: boolean;
    };
  };
  'approvals.policy': {
    input: {
      deal?: string;
      percent?: number;
      amount?:
        | {
            amountMinor: unknown | string;
            currency: string;
          }
        | string;
      by?: string;
      class?: 'A' | 'B' | 'C';
      product?: string;
      margin?: number;
      kind?: string;
    };
    output: {
      desks: Array<{
        id: string;
        label: string;
        platform: 'slack' | 'teams';
        isShared: boolean;
        scope: {
          kind: 'all' | 'sees' | 'nothing';
          by: {
            memberId: string;
            name: string;
          } | null;
          unit: string | null;
        };
      }>;
      policy: {
        kind: string;
        label:
          | string
          | {
              t: string;
            };
        version: number;
        setAt: string | null;
        setBy: string | null;
        rules: Array<
          | string
          | {
              t: string;
            }
        >;
        more: Array<
          | string
          | {
              t: string;
            }
        >;
      };
      tried: {
        percentBasisPoints: number | null;
        amount: {
          amountMinor: string;
          currency: string;
        } | null;
        by: string;
        subject: {
          number: string;
          name: string;
        } | null;
        marginBasisPoints: number | null;
        floorBasisPoints: number | null;
        rule: {
          number: number;
          text:
            | string
            | {
                t: string;
              };
        } | null;
        also: Array<{
          number: number;
          text:
            | string
            | {
                t: string;
              };
        }>;
        route: Array<{
          need: 'any' | 'all';
          parts: Array<{
            label:
              | string
              | {
                  t: string;
                };
            isPerson: boolean;
            people: Array<{
              memberId: string;
              name: string;
              why: 'policy' | 'substitute' | 'escalated';
              forName: string | null;
            }>;
          }>;
        }>;
        leftOut: Array<{
          name: string;
          why: 'requester' | 'owner' | 'involved';
        }>;
        isBeyondLimit: boolean;
      } | null;
    };
  };
  'approvals.show': {
    input: {
      approval: string;
    };
    output: {
      id: string;
      number: string;
      kind: string;
      label:
        | string
        | {
            t: string;
          };
      headline:
        | string
        | {
            t: string;
          };
      subject: {
        kind: string;
        id: string;
        number: string;
        name: string;
      };
      status: 'pending' | 'approved' | 'countered' | 'rejected' | 'withdrawn' | 'expired' | 'superseded';
      requester: {
        memberId: string;
        name: string;
      };
      note: string | null;
      requestedAt: string;
      answerBy: string;
      expiresAt: string;
      terms: number;
      seats: Array<{
        memberId: string;
        name: string;
        why: 'policy' | 'substitute' | 'escalated';
        forName: string | null;
      }>;
      later: Array<
        | string
        | {
            t: string;
          }
      >;
      canCounter: boolean;
      blocks: Array<{
        t: string;
      }>;
      countered: {
        memberId: string;
        name: string;
      } | null;
      decided: {
        memberId: string;
        name: string;
        at: string;
        via: string;
        note: string | null;
      } | null;
      log: Array<{
        at: string;
        entry:
          | 'asked'
          | 'passed'
          | 'countered'
          | 'approved'
          | 'rejected'
          | 'withdrawn'
          | 'expired'
          | 'superseded'
          | 'rerouted'
          | 'escalated'
          | 'said';
        name: string | null;
        note: string | null;
        details: Record<string, unknown>;
      }>;
      again: {
        action: string;
        input: Record<string, unknown>;
      } | null;
    };
  };
  'approvals.substitutes': {
    input: Record<string, never>;
    output: {
      substitutes: Array<{
        of: {
          memberId: string;
          name: string;
        };
        by: {
          memberId: string;
          name: string;
        };
        from: string;
        until: string;
        isNow: boolean;
      }>;
      hasMore: boolean;
    };
  };
  'audit.why': {
    input: {
      record: string;
      page?: number;
    };
    output: {
      key: string;
      number: string | null;
      label: string;
      kind: string;
      entries: Array<{
        at: string;
        actor: string;
        isSystem: boolean;
        platform: string;
        action: string;
        line: string | null;
        op: 'create' | 'update' | 'archive' | 'restore';
        fields: Array<{
          field: string;
          label:
            | string
            | {
                t: string;
              };
          from:
            | string
            | {
                t: string;
              };
          to:
            | string
            | {
                t: string;
              };
        }>;
      }>;
      page: number;
      hasMore: boolean;
    };
  };
  'channels.list': {
    input: {
      page?: number;
    };
    output: {
      channels: Array<{
        id: string;
        label: string;
        platform: 'slack' | 'teams';
        quiet: {
          from: string;
          to: string;
        };
        isUsualQuiet: boolean;
        timeZone: string;
        locale: 'en' | 'zh-CN';
        muted: {
          until: string | null;
        } | null;
        mutedRecords: number;
        isShared: boolean;
        noiseBudget: number;
        setBy: string | null;
      }>;
      page: number;
      hasMore: boolean;
    };
  };
  'contacts.show': {
    input: {
      contact: string;
    };
    output: {
      number: string;
      name: string;
      account: {
        number: string;
        name: string;
      } | null;
      title: string | null;
      role: 'decides' | 'influences' | 'uses' | 'blocks' | null;
      email: string | null;
      phone: string | null;
      note: string | null;
      lastMetAt: string | null;
      leftAt: string | null;
      archivedAt: string | null;
      mergedInto: {
        number: string;
        name: string;
      } | null;
      sections: Array<{
        t: string;
      }>;
    };
  };
  'deals.board': {
    input: {
      whose?: 'mine' | 'team' | 'all';
      owner?: string;
      group?: string;
      search?: string;
      stage?: string;
      page?: number;
    };
    output: {
      scope: {
        kind: 'all' | 'below' | 'team' | 'own' | 'person' | 'unit';
        name: string | null;
        isPartial: boolean;
      };
      filters: {
        owner: {
          memberId: string;
          name: string;
        } | null;
        group: string | null;
        isDirect: boolean;
        stage: {
          key: string;
          name: string;
          nameZh: string;
          probabilityBasisPoints: number;
          normalDays: number;
        } | null;
        product: string | null;
        account: {
          number: string;
          name: string;
        } | null;
        without: Array<'account' | 'product' | 'amount' | 'owner' | 'close'>;
        closing: {
          from: string;
          to: string;
        } | null;
        likelyBasisPoints: number | null;
      };
      search: string | null;
      seesAll: boolean;
      count: number;
      stages: Array<{
        stage: {
          key: string;
          name: string;
          nameZh: string;
          probabilityBasisPoints: number;
          normalDays: number;
        };
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
        weighted: Array<{
          amountMinor: string;
          currency: string;
        }>;
        movedIn: number;
        total: number;
        restricted: number;
        deals: Array<{
          number: string;
          name: string;
          restricted: boolean;
          account: {
            number: string;
            name: string;
          } | null;
          product: string | null;
          owner: {
            memberId: string;
            name: string;
          } | null;
          stage: {
            key: string;
            name: string;
            nameZh: string;
            probabilityBasisPoints: number;
            normalDays: number;
          };
          stageEnteredAt: string;
          daysInStage: number;
          status: 'open' | 'won' | 'lost';
          amount: {
            amountMinor: string;
            currency: string;
          } | null;
          weighted: {
            amountMinor: string;
            currency: string;
          } | null;
          engageOn: string | null;
          closeOn: string | null;
          pushCount: number;
          closedOn: string | null;
          reason: string | null;
          rival: string | null;
          note: string | null;
          archivedAt: string | null;
          createdAt: string;
          isStuck: boolean;
          isLate: boolean;
        }>;
      }>;
      page: number;
    };
  };
  'deals.list': {
    input: {
      status?: 'open' | 'won' | 'lost';
      owner?: string;
      span?:
        | {
            from: string;
            to: string;
          }
        | string;
      group?: string;
      stage?: string;
      product?: string;
      account?: string;
      without?: Array<'account' | 'product' | 'amount' | 'owner' | 'close'>;
      direct?: boolean;
      closing?:
        | {
            from: string;
            to: string;
          }
        | string;
      likely?: number;
      page?: number;
    };
    output: {
      scope: {
        kind: 'all' | 'below' | 'team' | 'own' | 'person' | 'unit';
        name: string | null;
        isPartial: boolean;
      };
      filters: {
        owner: {
          memberId: string;
          name: string;
        } | null;
        group: string | null;
        isDirect: boolean;
        stage: {
          key: string;
          name: string;
          nameZh: string;
          probabilityBasisPoints: number;
          normalDays: number;
        } | null;
        product: string | null;
        account: {
          number: string;
          name: string;
        } | null;
        without: Array<'account' | 'product' | 'amount' | 'owner' | 'close'>;
        closing: {
          from: string;
          to: string;
        } | null;
        likelyBasisPoints: number | null;
      };
      status: 'open' | 'won' | 'lost';
      period: {
        from: string;
        to: string;
      };
      isSpan: boolean;
      count: number;
      amounts: Array<{
        amountMinor: string;
        currency: string;
      }>;
      withoutAmount: number;
      reasons: Array<{
        reason: string;
        count: number;
      }>;
      deals: Array<{
        number: string;
        name: string;
        restricted: boolean;
        account: {
          number: string;
          name: string;
        } | null;
        product: string | null;
        owner: {
          memberId: string;
          name: string;
        } | null;
        stage: {
          key: string;
          name: string;
          nameZh: string;
          probabilityBasisPoints: number;
          normalDays: number;
        };
        stageEnteredAt: string;
        daysInStage: number;
        status: 'open' | 'won' | 'lost';
        amount: {
          amountMinor: string;
          currency: string;
        } | null;
        weighted: {
          amountMinor: string;
          currency: string;
        } | null;
        engageOn: string | null;
        closeOn: string | null;
        pushCount: number;
        closedOn: string | null;
        reason: string | null;
        rival: string | null;
        note: string | null;
        archivedAt: string | null;
        createdAt: string;
      }>;
      page: number;
      pages: number;
    };
  };
  'deals.pipeline': {
    input: {
      owner?: string;
      span?:
        | {
            from: string;
            to: string;
          }
        | string;
      group?: string;
      stage?: string;
      product?: string;
      account?: string;
      without?: Array<'account' | 'product' | 'amount' | 'owner' | 'close'>;
      direct?: boolean;
      closing?:
        | {
            from: string;
            to: string;
          }
        | string;
      likely?: number;
      page?: number;
      by?: 'stage' | 'owner' | 'group' | 'region' | 'product' | 'account';
    };
    output: {
      scope: {
        kind: 'all' | 'below' | 'team' | 'own' | 'person' | 'unit';
        name: string | null;
        isPartial: boolean;
      };
      filters: {
        owner: {
          memberId: string;
          name: string;
        } | null;
        group: string | null;
        isDirect: boolean;
        stage: {
          key: string;
          name: string;
          nameZh: string;
          probabilityBasisPoints: number;
          normalDays: number;
        } | null;
        product: string | null;
        account: {
          number: string;
          name: string;
        } | null;
        without: Array<'account' | 'product' | 'amount' | 'owner' | 'close'>;
        closing: {
          from: string;
          to: string;
        } | null;
        likelyBasisPoints: number | null;
      };
      period: {
        from: string;
        to: string;
      };
      isSpan: boolean;
      count: number;
      openCount: number;
      open: Array<{
        amountMinor: string;
        currency: string;
      }>;
      openWithoutAmount: number;
      wonCount: number;
      won: Array<{
        amountMinor: string;
        currency: string;
      }>;
      lostCount: number;
      lost: Array<{
        amountMinor: string;
        currency: string;
      }>;
      lostWithoutAmount: number;
      weighted: Array<{
        amountMinor: string;
        currency: string;
      }>;
      openByStage: Array<{
        stage: {
          key: string;
          name: string;
          nameZh: string;
          probabilityBasisPoints: number;
          normalDays: number;
        };
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
        weighted: Array<{
          amountMinor: string;
          currency: string;
        }>;
        movedIn: number;
      }>;
      by: 'stage' | 'owner' | 'group' | 'region' | 'product' | 'account' | null;
      groups: Array<{
        openCount: number;
        open: Array<{
          amountMinor: string;
          currency: string;
        }>;
        openWithoutAmount: number;
        wonCount: number;
        won: Array<{
          amountMinor: string;
          currency: string;
        }>;
        lostCount: number;
        lost: Array<{
          amountMinor: string;
          currency: string;
        }>;
        lostWithoutAmount: number;
        key: string | null;
        name: string | null;
        stage: {
          key: string;
          name: string;
          nameZh: string;
          probabilityBasisPoints: number;
          normalDays: number;
        } | null;
        isDirect: boolean;
      }>;
      groupCount: number;
      page: number;
    };
  };
  'deals.show': {
    input: {
      deal: string;
    };
    output: {
      number: string;
      name: string;
      restricted: boolean;
      account: {
        number: string;
        name: string;
      } | null;
      product: string | null;
      owner: {
        memberId: string;
        name: string;
      } | null;
      stage: {
        key: string;
        name: string;
        nameZh: string;
        probabilityBasisPoints: number;
        normalDays: number;
      };
      stageEnteredAt: string;
      daysInStage: number;
      status: 'open' | 'won' | 'lost';
      amount: {
        amountMinor: string;
        currency: string;
      } | null;
      weighted: {
        amountMinor: string;
        currency: string;
      } | null;
      engageOn: string | null;
      closeOn: string | null;
      pushCount: number;
      closedOn: string | null;
      reason: string | null;
      rival: string | null;
      note: string | null;
      archivedAt: string | null;
      createdAt: string;
      sections: Array<{
        t: string;
      }>;
    };
  };
  'deliveries.list': {
    input: {
      show?: 'trouble' | 'all' | 'handled';
      page?: number;
    };
    output: {
      show: 'trouble' | 'all' | 'handled';
      gates: Array<{
        gate: string;
        platform: 'slack' | 'teams';
        scope: 'destination' | 'installation';
        name: string | null;
        reason: string;
        pausedAt: string;
        waiting: number;
      }>;
      rows: Array<{
        id: string;
        what: string;
        state: 'waiting' | 'sent' | 'uncertain' | 'paused' | 'dead' | 'folded' | 'cancelled';
        place: {
          platform: 'slack' | 'teams';
          kind: 'channel' | 'person';
          name: string | null;
        } | null;
        queuedAt: string;
        sentAt: string | null;
        editedAt: string | null;
        attempts: number;
        reason: string | null;
        isPosted: boolean;
      }>;
      handled: Array<{
        id: string;
        at: string;
        by: string | null;
        did: 'sent-again' | 'dismissed' | 'opened';
        what: string | null;
        was: 'uncertain' | 'paused' | 'dead' | null;
        reason: string | null;
        messages: number | null;
        place: {
          platform: 'slack' | 'teams';
          kind: 'channel' | 'person' | 'installation';
          name: string | null;
        } | null;
      }>;
      counts: {
        uncertain: number;
        paused: number;
        dead: number;
        waiting: number;
      };
      page: number;
      hasMore: boolean;
    };
  };
  'digests.list': {
    input: {
      channel?: string;
      me?: boolean;
      page?: number;
    };
    output: {
      of: {
        channel: string | null;
        label: string;
      } | null;
      digests: Array<{
        id: string | null;
        number: number | null;
        kind: 'morning' | 'team' | 'process' | 'ledger' | 'branches';
        channel: {
          id: string;
          label: string;
          platform: 'slack' | 'teams';
        } | null;
        member: {
          id: string;
          name: string;
          isReader: boolean;
        } | null;
        isHere: boolean;
        rule:
          | {
              every: 'day' | 'workday';
              at: string;
            }
          | {
              every: 'week';
              weekday: number;
              at: string;
              onWorkday?: boolean;
            }
          | {
              every: 'month';
              day: number;
              at: string;
              onWorkday?: boolean;
            }
          | {
              every: 'minutes';
              minutes: number;
            };
        timeZone: string;
        locale: 'en' | 'zh-CN';
        scope: {
          kind: 'all' | 'below' | 'team' | 'own' | 'person' | 'unit';
          name: string | null;
          isPartial: boolean;
        } | null;
        setBy: string | null;
        nextAt: string | null;
        pausedReason: string | null;
        mayStop: boolean;
      }>;
      count: number;
      page: number;
      hasMore: boolean;
    };
  };
  'digests.open': {
    input: {
      run?: string;
      figure: string;
      digest?: string;
      kind?: 'morning' | 'team' | 'process' | 'ledger' | 'branches';
      group?: string;
      on?: string;
      page?: number;
    };
    output: {
      label:
        | string
        | {
            t: string;
          };
      figure: string;
      asked: Record<string, unknown>;
      asOf: string;
      count: number;
      seen: number;
      amounts: Array<{
        amountMinor: string;
        currency: string;
      }>;
      withoutAmount: number;
      rows: Array<{
        kind: string;
        id: string;
        number: string | null;
        name: string;
        amount: {
          amountMinor: string;
          currency: string;
        } | null;
        note:
          | string
          | {
              t: string;
            }
          | null;
        press: {
          a: string;
          i: Record<string, unknown>;
        } | null;
      }>;
      page: number;
      pages: number;
    };
  };
  'digests.preview': {
    input: {
      digest?: string;
      number?: number;
      channel?: string;
      me?: boolean;
      kind?: 'morning' | 'team' | 'process' | 'ledger' | 'branches';
      group?: string;
      on?: string;
    };
    output: {
      said: {
        runId: string | null;
        kind: 'morning' | 'team' | 'process' | 'ledger' | 'branches';
        scopeName:
          | string
          | {
              t: string;
            }
          | null;
        isPartial?: true;
        greeting: {
          name: string;
          todo: number;
          clocks: number;
        } | null;
        on: string;
        asOf: string;
        isLate: boolean;
        since: string | null;
        sections: Array<{
          section: 'clocks' | 'decide' | 'follow-ups' | 'risk' | 'changed' | 'month' | 'owners' | 'reviews';
          lines: Array<{
            text:
              | string
              | {
                  t: string;
                };
            record?: {
              kind: string;
              id: string;
            };
            buttons?: Array<{
              label:
                | string
                | {
                    t: string;
                  };
            }>;
            isOfMany?: true;
            isDone?: boolean;
          }>;
          thread: Array<{
            text:
              | string
              | {
                  t: string;
                };
            record?: {
              kind: string;
              id: string;
            };
            buttons?: Array<{
              label:
                | string
                | {
                    t: string;
                  };
            }>;
            isOfMany?: true;
            isDone?: boolean;
          }>;
          left: number;
          figures: Array<{
            name: string;
            label:
              | string
              | {
                  t: string;
                };
          }>;
        }>;
        funnel: Array<{
          label:
            | string
            | {
                t: string;
              };
          value: number;
          text:
            | string
            | {
                t: string;
              };
        }>;
        isCalm: boolean;
        rule:
          | {
              every: 'day' | 'workday';
              at: string;
            }
          | {
              every: 'week';
              weekday: number;
              at: string;
              onWorkday?: boolean;
            }
          | {
              every: 'month';
              day: number;
              at: string;
              onWorkday?: boolean;
            }
          | {
              every: 'minutes';
              minutes: number;
            }
          | null;
        setBy: string | null;
      };
      isEmpty: boolean;
      asked: {
        kind: 'morning' | 'team' | 'process' | 'ledger' | 'branches';
        digest?: string;
        group?: string;
        on?: string;
      };
    };
  };
  'forecasts.show': {
    input: {
      period?:
        | {
            from: string;
            to: string;
          }
        | string;
      owner?: string;
      group?: string;
      by?: 'person' | 'group' | 'region';
      page?: number;
    };
    output: {
      scope: {
        kind: 'all' | 'below' | 'team' | 'own' | 'person' | 'unit';
        name: string | null;
        isPartial: boolean;
      };
      asked: {
        owner?: string;
        group?: string;
      };
      period: {
        from: string;
        to: string;
      };
      total: Array<{
        currency: string;
        targetMinor: string | null;
        wonMinor: string;
        commitMinor: string;
        bestMinor: string;
        gapMinor: string | null;
      }>;
      won: {
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
      };
      commit: {
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
      };
      best: {
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
      };
      open: {
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
      };
      passed: number;
      weighted: Array<{
        amountMinor: string;
        currency: string;
      }>;
      late: {
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
      };
      undated: {
        count: number;
        amounts: Array<{
          amountMinor: string;
          currency: string;
        }>;
        withoutAmount: number;
      };
      moved: {
        sinceOn: string;
        in: {
          count: number;
          amounts: Array<{
            amountMinor: string;
            currency: string;
          }>;
          withoutAmount: number;
          deals: Array<{
            number: string;
            name: string;
            amount: {
              amountMinor: string;
              currency: string;
            } | null;
          }>;
        };
        out: {
          count: number;
          amounts: Array<{
            amountMinor: string;
            currency: string;
          }>;
          withoutAmount: number;
          deals: Array<{
            number: string;
            name: string;
            amount: {
              amountMinor: string;
              currency: string;
            } | null;
          }>;
        };
        won: {
          count: number;
          amounts: Array<{
            amountMinor: string;
            currency: string;
          }>;
          withoutAmount: number;
        };
        lost: {
          count: number;
          amounts: Array<{
            amountMinor: string;
            currency: string;
          }>;
          withoutAmount: number;
        };
      };
      level: 'person' | 'group' | 'region';
      rows: Array<{
        key: string | null;
        name: string | null;
        lines: Array<{
          currency: string;
          targetMinor: string | null;
          wonMinor: string;
          commitMinor: string;
          bestMinor: string;
          gapMinor: string | null;
        }>;
      }>;
      page: number;
      pages: number;
    };
  };
  'help.show': {
    input: {
      topic?: string;
    };
    output:
      | {
          kind: 'overview';
          groups: Array<{
            group: 'daily' | 'deals' | 'manager' | 'setup';
            verbs: Array<{
              action: string;
              verb: string;
              title:
                | string
                | {
                    t: string;
                  };
              summary:
                | string
                | {
                    t: string;
                  };
              example: string;
              canRun: boolean;
            }>;
          }>;
          others: Array<string>;
          aboutOne: string;
          isAdmin: boolean;
          platform: string;
        }
      | {
          kind: 'setup';
          verbs: Array<{
            action: string;
            verb: string;
            title:
              | string
              | {
                  t: string;
                };
            summary:
              | string
              | {
                  t: string;
                };
            example: string;
            canRun: boolean;
          }>;
        }
      | {
          kind: 'verb';
          action: string;
          verb: string;
          title:
            | string
            | {
                t: string;
              };
          summary:
            | string
            | {
                t: string;
              };
          aliases: Array<string>;
          examples: Array<string>;
          fields: Array<{
            name: string;
            label:
              | string
              | {
                  t: string;
                };
            hint:
              | string
              | {
                  t: string;
                };
            isRequired: boolean;
            keys: Array<string>;
            placeholder: string;
            options: Array<
              | string
              | {
                  t: string;
                }
            >;
          }>;
          note:
            | string
            | {
                t: string;
              }
            | null;
          hasForm: boolean;
          canRun: boolean;
        }
      | {
          kind: 'unknown';
          topic: string;
          nearest: Array<{
            verb: string;
            summary:
              | string
              | {
                  t: string;
                };
          }>;
        };
  };
  'leads.list': {
    input: {
      owner?: string;
      state?: 'new' | 'opportunity' | 'nurture' | 'dropped';
      unowned?: boolean;
    };
    output: {
      owner: {
        memberId: string;
        name: string;
      } | null;
      state: 'new' | 'opportunity' | 'nurture' | 'dropped';
      leads: Array<{
        number: string;
        company: string;
        restricted: boolean;
        contactName: string | null;
        email: string | null;
        phone: string | null;
        source: string | null;
        amount: {
          amountMinor: string;
          currency: string;
        } | null;
        note: string | null;
        owner: {
          memberId: string;
          name: string;
        } | null;
        state: 'new' | 'opportunity' | 'nurture' | 'dropped';
        stateReason: string | null;
        stateNote: string | null;
        testsPassed: Array<'budget' | 'need' | 'authority' | 'time'>;
        reviewOn: string | null;
        planDueAt: string | null;
        planFiledAt: string | null;
        account: {
          number: string;
          name: string;
        } | null;
        contact: {
          number: string;
          name: string;
        } | null;
        deal: {
          number: string;
          name: string;
        } | null;
        createdAt: string;
        archivedAt: string | null;
      }>;
      hasMore: boolean;
    };
  };
  'leads.show': {
    input: {
      lead: string;
    };
    output: {
      number: string;
      company: string;
      restricted: boolean;
      contactName: string | null;
      email: string | null;
      phone: string | null;
      source: string | null;
      amount: {
        amountMinor: string;
        currency: string;
      } | null;
      note: string | null;
      owner: {
        memberId: string;
        name: string;
      } | null;
      state: 'new' | 'opportunity' | 'nurture' | 'dropped';
      stateReason: string | null;
      stateNote: string | null;
      testsPassed: Array<'budget' | 'need' | 'authority' | 'time'>;
      reviewOn: string | null;
      planDueAt: string | null;
      planFiledAt: string | null;
      account: {
        number: string;
        name: string;
      } | null;
      contact: {
        number: string;
        name: string;
      } | null;
      deal: {
        number: string;
        name: string;
      } | null;
      createdAt: string;
      archivedAt: string | null;
      sections: Array<{
        t: string;
      }>;
    };
  };
  'members.team': {
    input: {
      unit?: string;
      page?: number;
    };
    output: {
      units: Array<{
        name: string;
        kind: 'region' | 'team';
        parent: string | null;
        manager: string | null;
        people: number;
      }>;
      people: Array<{
        memberId: string;
        name: string;
        email: string | null;
        roles: Array<'read-only' | 'partner' | 'rep' | 'manager' | 'finance' | 'admin'>;
        unit: {
          name: string;
          kind: 'region' | 'team';
        } | null;
        reportsTo: string | null;
        locale: string;
        timeZone: string;
        status: 'unlinked' | 'active' | 'left';
        identities: Array<'slack' | 'teams'>;
      }>;
      unit: string | null;
      page: number;
      hasMore: boolean;
    };
  };
  'members.whoami': {
    input: Record<string, never>;
    output: {
      memberId: string;
      name: string;
      email: string | null;
      roles: Array<'read-only' | 'partner' | 'rep' | 'manager' | 'finance' | 'admin'>;
      unit: {
        name: string;
        kind: 'region' | 'team';
      } | null;
      reportsTo: string | null;
      locale: string;
      timeZone: string;
      status: 'unlinked' | 'active' | 'left';
      identities: Array<'slack' | 'teams'>;
      accounts: Array<{
        id: string;
        platform: 'slack' | 'teams';
        workspace: string;
        isThis: boolean;
      }>;
      now: string;
      isChanged: boolean;
    };
  };
  'metrics.show': {
    input: {
      owner?: string;
      period?:
        | {
            from: string;
            to: string;
          }
        | string;
      group?: string;
      whole?: 'team';
      page?: number;
    };
    output: {
      scope: {
        kind: 'all' | 'below' | 'team' | 'own' | 'person' | 'unit';
        name: string | null;
        isPartial: boolean;
      };
      asked: {
        owner?: string;
        group?: string;
      };
      period: {
        from: string;
        to: string;
      };
      isRunning: boolean;
      total: {
        visits: number;
        visitsAverage: number | null;
        demos: number;
        calls: number;
        quotes: number;
        deciders: {
          part: number;
          whole: number;
          basisPoints: number | null;
          beforeBasisPoints: number | null;
          trend: 'up' | 'down' | null;
        };
        wins: {
          part: number;
          whole: number;
          basisPoints: number | null;
          beforeBasisPoints: number | null;
          trend: 'up' | 'down' | null;
        };
        quoteWins: {
          part: number;
          whole: number;
          basisPoints: number | null;
          beforeBasisPoints: number | null;
          trend: 'up' | 'down' | null;
        };
        plans: {
          part: number;
          whole: number;
          basisPoints: number | null;
          beforeBasisPoints: number | null;
          trend: 'up' | 'down' | null;
        };
        opportunities: {
          part: number;
          whole: number;
          basisPoints: number | null;
          beforeBasisPoints: number | null;
          trend: 'up' | 'down' | null;
        };
      };
      people: Array<{
        memberId: string | null;
        name: string | null;
        figures: {
          visits: number;
          visitsAverage: number | null;
          demos: number;
          calls: number;
          quotes: number;
          deciders: {
            part: number;
            whole: number;
            basisPoints: number | null;
            beforeBasisPoints: number | null;
            trend: 'up' | 'down' | null;
          };
          wins: {
            part: number;
            whole: number;
            basisPoints: number | null;
            beforeBasisPoints: number | null;
            trend: 'up' | 'down' | null;
          };
          quoteWins: {
            part: number;
            whole: number;
            basisPoints: number | null;
            beforeBasisPoints: number | null;
            trend: 'up' | 'down' | null;
          };
          plans: {
            part: number;
            whole: number;
            basisPoints: number | null;
            beforeBasisPoints: number | null;
            trend: 'up' | 'down' | null;
          };
          opportunities: {
            part: number;
            whole: number;
            basisPoints: number | null;
            beforeBasisPoints: number | null;
            trend: 'up' | 'down' | null;
          };
        };
      }>;
      hints: Array<{
        memberId: string;
        name: string;
        talks: number;
        deciders: number;
        accounts: Array<{
          number: string;
          name: string;
        }>;
      }>;
      page: number;
      pages: number;
    };
  };
  'next-steps.today': {
    input: {
      isAgain?: boolean;
    };
    output: {
      rows: Array<{
        row: number;
        group: 'overdue' | 'today' | 'clock' | 'unplanned' | 'review';
        subject: {
          kind: 'lead' | 'deal' | 'account';
          number: string;
          name: string;
        };
        text: string | null;
        dueOn: string | null;
        dueAt: string | null;
      }>;
      approvals: Array<{
        number: string;
        headline:
          | string
          | {
              t: string;
            };
        requester: {
          memberId: string;
          name: string;
        };
        note: string | null;
        requestedAt: string;
        answerBy: string;
        terms: number;
      }>;
      hasMore: boolean;
      isAgain: boolean;
    };
  };
  'prices.list': {
    input: {
      product?: string;
      class?: 'A' | 'B' | 'C' | 'all';
      on?: string;
    };
    output: {
      product: {
        name: string;
        listPrice: {
          amountMinor: string;
          currency: string;
        } | null;
        costs: {
          cost: {
            amountMinor: string;
            currency: string;
          } | null;
          floorBasisPoints: number | null;
          marginBasisPoints: number | null;
        } | null;
      } | null;
      showsMargin: boolean;
      prices: Array<{
        product: string;
        forClass: 'all' | 'A' | 'B' | 'C';
        currency: string;
        fromQuantity: number;
        unitMinor: string;
        validFromOn: string;
        validUntilOn: string | null;
        marginBasisPoints: number | null;
      }>;
      hasMore: boolean;
    };
  };
  'products.list': {
    input: {
      product?: string;
    };
    output: {
      products: Array<{
        name: string;
        series: string | null;
        listPrice: {
          amountMinor: string;
          currency: string;
        } | null;
      }>;
      hasMore: boolean;
    };
  };
  'quotes.list': {
    input: {
      deal?: string;
      owner?: string;
      status?: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'superseded' | 'withdrawn';
      page?: number;
    };
    output: {
      deal: {
        number: string;
        name: string;
      } | null;
      owner: {
        memberId: string;
        name: string;
      } | null;
      status: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'superseded' | 'withdrawn' | null;
      quotes: Array<{
        number: string;
        restricted: boolean;
        version: number | null;
        status: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'superseded' | 'withdrawn' | null;
        deal: {
          number: string;
          name: string;
        } | null;
        account: string | null;
        owner: {
          memberId: string;
          name: string;
        } | null;
        total: {
          amountMinor: string;
          currency: string;
        } | null;
        validUntil: string | null;
      }>;
      page: number;
      hasMore: boolean;
    };
  };
  'quotes.show': {
    input: {
      quote: string;
    };
    output: {
      number: string;
      restricted: boolean;
      status: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'superseded' | 'withdrawn' | null;
      deal: {
        number: string;
        name: string;
      } | null;
      account: {
        number: string;
        name: string;
      } | null;
      owner: {
        memberId: string;
        name: string;
      } | null;
      terms: {
        version: number;
        lines: Array<{
          position: number;
          productId: string | null;
          name: string;
          quantity: number;
          unit: {
            amountMinor: string;
            currency: string;
          } | null;
          amount: {
            amountMinor: string;
            currency: string;
          };
        }>;
        net: {
          amountMinor: string;
          currency: string;
        };
        discount: {
          amountMinor: string;
          currency: string;
        };
        discountBasisPoints: number;
        total: {
          amountMinor: string;
          currency: string;
        };
        list: {
          amountMinor: string;
          currency: string;
        } | null;
        belowListBasisPoints: number | null;
        margin: {
          cost: {
            amountMinor: string;
            currency: string;
          };
          margin: {
            amountMinor: string;
            currency: string;
          };
          basisPoints: number;
        } | null;
        validUntil: string;
        taxNote: string | null;
        change: 'created' | 'lines' | 'discount' | 'total' | 'validity' | 'tax';
        editor: string | null;
        at: string;
      } | null;
      reason: string | null;
      sentAt: string | null;
      closedOn: string | null;
      archivedAt: string | null;
      createdAt: string | null;
      versions: Array<{
        version: number;
        total: {
          amountMinor: string;
          currency: string;
        };
        change: 'created' | 'lines' | 'discount' | 'total' | 'validity' | 'tax';
        editor: string | null;
        at: string;
      }>;
      sections: Array<{
        t: string;
      }>;
    };
  };
  'quotes.version': {
    input: {
      quote: string;
      version: number;
    };
    output: {
      number: string;
      restricted: boolean;
      status: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'superseded' | 'withdrawn' | null;
      deal: {
        number: string;
        name: string;
      } | null;
      account: {
        number: string;
        name: string;
      } | null;
      owner: {
        memberId: string;
        name: string;
      } | null;
      terms: {
        version: number;
        lines: Array<{
          position: number;
          productId: string | null;
          name: string;
          quantity: number;
          unit: {
            amountMinor: string;
            currency: string;
          } | null;
          amount: {
            amountMinor: string;
            currency: string;
          };
        }>;
        net: {
          amountMinor: string;
          currency: string;
        };
        discount: {
          amountMinor: string;
          currency: string;
        };
        discountBasisPoints: number;
        total: {
          amountMinor: string;
          currency: string;
        };
        list: {
          amountMinor: string;
          currency: string;
        } | null;
        belowListBasisPoints: number | null;
        margin: {
          cost: {
            amountMinor: string;
            currency: string;
          };
          margin: {
            amountMinor: string;
            currency: string;
          };
          basisPoints: number;
        } | null;
        validUntil: string;
        taxNote: string | null;
        change: 'created' | 'lines' | 'discount' | 'total' | 'validity' | 'tax';
        editor: string | null;
        at: string;
      } | null;
      reason: string | null;
      sentAt: string | null;
      closedOn: string | null;
      archivedAt: string | null;
      createdAt: string | null;
      current: number | null;
    };
  };
  'records.find': {
    input: {
      text?: string;
      owner?: string;
      stage?: string;
      state?: string;
      kind?: 'account' | 'deal' | 'lead' | 'contact';
      page?: number;
    };
    output: {
      records: Array<{
        kind: string;
        number: string;
        name: string;
        account: string | null;
        owner: string | null;
        state:
          | string
          | {
              t: string;
            }
          | null;
        amount: {
          amountMinor: string;
          currency: string;
        } | null;
        isPartial: boolean;
      }>;
      query: {
        text?: string;
        owner?: string;
        stage?: string;
        state?: string;
        kind?: string;
      };
      owner: string | null;
      page: number;
      hasMore: boolean;
    };
  };
  'records.show': {
    input: {
      record: string;
    };
    output: unknown;
  };
  'settings.show': {
    input: Record<string, never>;
    output: {
      name: string;
      currency: string;
      timeZone: string;
      locale: string;
      workdays: Array<number>;
      workdayStartsAt: string;
      workdayEndsAt: string;
      holidays: Array<string>;
    };
  };
  'stages.list': {
    input: Record<string, never>;
    output: {
      stages: Array<{
        key: string;
        name: string;
        nameZh: string;
        probabilityBasisPoints: number;
        normalDays: number;
      }>;
    };
  };
  'targets.show': {
    input: {
      person?: string;
      month?:
        | {
            from: string;
            to: string;
          }
        | string;
      group?: string;
      by?: 'person' | 'group' | 'region';
    };
    output: {
      scope: {
        kind: 'all' | 'below' | 'team' | 'own' | 'person' | 'unit';
        name: string | null;
        isPartial: boolean;
      };
      monthOn: string;
      level: 'person' | 'group' | 'region';
      rows: Array<{
        person: {
          memberId: string;
          name: string;
        } | null;
        unit: string | null;
        lines: Array<{
          currency: string;
          targetMinor: string | null;
          wonMinor: string;
          gapMinor: string | null;
          reachedBasisPoints: number | null;
        }>;
      }>;
      total: Array<{
        currency: string;
        targetMinor: string | null;
        wonMinor: string;
        gapMinor: string | null;
        reachedBasisPoints: number | null;
      }>;
      withoutTarget: number;
    };
  };
  'value-class.show': {
    input: Record<string, never>;
    output: {
      rule: {
        aFrom: {
          amountMinor: string;
          currency: string;
        };
        bFrom: {
          amountMinor: string;
          currency: string;
        };
      } | null;
      period: {
        from: string;
        to: string;
      };
      classes: Array<{
        valueClass: 'A' | 'B' | 'C' | null;
        byHand: number;
        byRule: number;
      }>;
      wouldChange: {
        up: number;
        down: number;
        fresh: number;
      } | null;
      notCounted: Array<{
        currency: string;
        amountMinor: string;
        accounts: number;
      }>;
      proposal: {
        aFrom: {
          amountMinor: string;
          currency: string;
        };
        bFrom: {
          amountMinor: string;
          currency: string;
        };
      } | null;
    };
  };
}
